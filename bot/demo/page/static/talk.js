// Talking with the demo's server: small posts out, one stream of events in.

export class Refused extends Error {}

export const post = (path, body) =>
  send(path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });

export const postFile = (path, file) => {
  const form = new FormData();
  form.append("file", file, file.name);
  return send(path, { body: form });
};

async function send(path, request) {
  const answer = await fetch(path, { method: "POST", ...request });
  if (!answer.ok) throw new Refused((await answer.json().catch(() => ({}))).error ?? answer.statusText);
}

/** `handlers`: one function for each kind of event, and `state`, told "live" or "lost". */
export function listen({ state, ...handlers }) {
  const source = new EventSource("api/events");
  source.addEventListener("open", () => state("live"));
  source.addEventListener("error", () => {
    state("lost");
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen({ state, ...handlers }), 2000);
  });
  for (const [kind, handle] of Object.entries(handlers)) {
    source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  }
}
