"""What listens at BOT_HTTP_BIND: the webhook, /health and /metrics. Loaded only where that is set."""
