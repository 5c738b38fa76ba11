"""Networks: who is in them, topics and votes, opinions asked, and what is known of every municipality."""

from bot.networks import (
    chat_answering,
    chat_asking,
    chat_joining,
    chat_members,
    chat_network,
    chat_papers,
    chat_places,
    chat_topics,
    coverage_map,
    coverage_sheet,
    leaving,
    opinion_sheet,
)
from bot.routes import joined

routes = joined(
    (
        chat_network.routes,
        chat_members.routes,
        chat_joining.routes,
        chat_topics.routes,
        chat_asking.routes,
        chat_answering.routes,
        chat_places.routes,
        chat_papers.routes,
        opinion_sheet.routes,
        coverage_sheet.routes,
        coverage_map.routes,
        leaving.routes,
    )
)
