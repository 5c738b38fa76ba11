// The page's own words (the bot's words are in locales/). English for developers, Latvian for municipalities.

const WORDS = {
  en: {
    skip: "Skip to the phones",
    intro: "One bot, everybody’s phone. Press, write, turn the clock.",
    clock: "The bot’s clock",
    moves: "Move the clock",
    next_due: "Next due thing",
    next_hour: "+1 hour",
    next_morning: "Next morning",
    next_week: "Next week",
    nothing_due: "nothing is planned",
    moving: "Moving the clock …",
    page_language: "Language of this page",
    reset: "Start over",
    reset_question: "Start over?",
    reset_explained: "Every chat is emptied and the clock goes back to the first day.",
    reset_keep: "Keep playing",
    lost: "The demo has stopped. This page waits for it to come back.",
    cast: "The cast",
    just_became_due: "Just became due",
    nothing_became_due: "Nothing became due on the way.",
    phone_of: "Phone of {name}",
    chat_of: "Chat of {name} with the bot",
    unread: "{name}, {count} unread",
    fresh: "{name} has not met the bot yet.",
    description: "What can this bot do?",
    bare_start: "Plain start",
    bare_start_hint: "found by its name",
    link_hint: "t.me/…?start={payload}",
    open_link: "Open the link",
    working: "The bot is working",
    edited: "edited",
    message: "Message",
    message_to_bot: "Message to the bot, from {name}",
    send: "Send",
    save: "Save the change",
    attach: "Attach",
    commands: "Commands",
    no_commands: "No commands yet",
    sticker: "Sticker",
    voice: "Voice message",
    location: "Location",
    photo: "Photo or file …",
    block: "Block the bot",
    unblock: "Let the bot back in",
    edit: "Edit",
    editing: "Changing a sent message",
    stop_editing: "Leave it as it was",
    open_picture: "Open the picture",
    download: "Download",
    picture: "Picture",
    newer: "{count} new",
    mailbox: "Mailbox",
    by_mail: "by e-mail",
    mailbox_note: "partners who are not on Telegram",
    letters: "Letters from the bot",
    no_letters: "No letters yet.",
    not_sent: "That did not go through.",
  },
  lv: {
    skip: "Uz telefoniem",
    intro: "Viens bots, katram savs telefons. Spied, raksti, pagriez pulksteni.",
    clock: "Bota pulkstenis",
    moves: "Pagriezt pulksteni",
    next_due: "Nākamais notikums",
    next_hour: "+1 stunda",
    next_morning: "Nākamais rīts",
    next_week: "Pēc nedēļas",
    nothing_due: "nekas nav ieplānots",
    moving: "Pulkstenis griežas …",
    page_language: "Lapas valoda",
    reset: "Sākt no jauna",
    reset_question: "Sākt no jauna?",
    reset_explained: "Visas sarunas iztukšosies, un pulkstenis atgriezīsies pirmajā dienā.",
    reset_keep: "Turpināt",
    lost: "Demonstrācija ir apstājusies. Lapa gaida, kad tā atgriezīsies.",
    cast: "Dalībnieki",
    just_became_due: "Tikko pienāca laiks",
    nothing_became_due: "Pa ceļam nekam nepienāca laiks.",
    phone_of: "Telefons: {name}",
    chat_of: "Saruna ar botu: {name}",
    unread: "{name}, nelasītas: {count}",
    fresh: "{name}: pirmā saruna ar botu vēl priekšā.",
    description: "Ko šis bots prot?",
    bare_start: "Vienkārši sākt",
    bare_start_hint: "atrasts pēc nosaukuma",
    link_hint: "t.me/…?start={payload}",
    open_link: "Atvērt saiti",
    working: "Bots strādā",
    edited: "labots",
    message: "Ziņa",
    message_to_bot: "Ziņa botam, raksta {name}",
    send: "Sūtīt",
    save: "Saglabāt labojumu",
    attach: "Pievienot",
    commands: "Komandas",
    no_commands: "Komandu vēl nav",
    sticker: "Uzlīme",
    voice: "Balss ziņa",
    location: "Atrašanās vieta",
    photo: "Attēls vai fails …",
    block: "Bloķēt botu",
    unblock: "Atbloķēt botu",
    edit: "Labot",
    editing: "Labo nosūtītu ziņu",
    stop_editing: "Atstāt, kā bija",
    open_picture: "Atvērt attēlu",
    download: "Lejupielādēt",
    picture: "Attēls",
    newer: "{count} jaunas",
    mailbox: "Pastkaste",
    by_mail: "e-pasts",
    mailbox_note: "partneri, kuri nelieto Telegram",
    letters: "Bota vēstules",
    no_letters: "Vēstuļu vēl nav.",
    not_sent: "Neizdevās nosūtīt.",
  },
};

const KEPT_AS = "page language";

export const language = localStorage.getItem(KEPT_AS) === "lv" ? "lv" : "en";

/** Keeps the choice and draws the page anew: every word is set once, when its element is made. */
export function chooseLanguage(chosen) {
  localStorage.setItem(KEPT_AS, chosen);
  location.reload();
}

export function word(key, facts = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

/** Puts this language's words into the elements that index.html marked. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
  }
}
