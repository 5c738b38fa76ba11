"""First contact in chat: arriving, the questions, a person taking over, and the lines of the menu that lead here."""

from bot.roles import Role
from bot.routes import Routes, joined
from bot.screening import chat_arriving, chat_contact, chat_questions, chat_typed, child
from bot.screening.buttons import Continue, Talk
from bot.turn import button

_menu = Routes()
_menu.offer({Role.YOUTH}, 10, button("screening.youth.button.questions", Continue()))
_menu.offer({Role.YOUTH}, 45, button("screening.youth.button.talk", Talk()))

routes = joined(
    (chat_arriving.routes, chat_questions.routes, chat_typed.routes, chat_contact.routes, child.routes, _menu)
)
