"""Events and invitations. What all of it shares lies here; each part of an event's life has a room of its own.

writing    a draft, step by step, until it is whole     from_file  a table or a calendar taken over as drafts
whom       whom it is for, counted while it is chosen   going_out  looked at, approved, sent, stopped, its progress
signup     what those invited see and answer            places     who has a place, who waits, what is offered
calendar   files, a feed, reminders                     changed    changes, cancelling, a second pair of eyes
sessions   series in several places, and cycles         files      attachments, and who holds an event
finding    the directory of open events, news, mutes    questions  asked, answered, shared
door       tickets, the list, walk-ins                  after      how it was, and what came of it
"""
