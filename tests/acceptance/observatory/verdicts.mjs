// Reads answers as JSON from standard input, and writes what the MDN HTTP Observatory's tests say of each.
// [{url, headers: [[name, value], ...], html}] -> [{csp: {result, pass}, ...}]
import fs from "node:fs";
import { AxiosHeaders } from "axios";

// The list of preloaded hosts is downloaded at installation; none of the hosts judged here is on it.
const read = fs.readFileSync;
fs.readFileSync = (path, ...more) => (String(path).endsWith("hsts-preload.json") ? "{}" : read(path, ...more));

const source = "@mdn/mdn-http-observatory/src";
const { Requests } = await import(`${source}/types.js`);
const { Session } = await import(`${source}/retriever/session.js`);
const { parseHttpEquivHeaders } = await import(`${source}/retriever/utils.js`);
const tests = `${source}/analyzer/tests`;
const { contentSecurityPolicyTest } = await import(`${tests}/csp.js`);
const { xFrameOptionsTest } = await import(`${tests}/x-frame-options.js`);
const { xContentTypeOptionsTest } = await import(`${tests}/x-content-type-options.js`);
const { referrerPolicyTest } = await import(`${tests}/referrer-policy.js`);
const { cookiesTest } = await import(`${tests}/cookies.js`);
const { crossOriginResourceSharingTest } = await import(`${tests}/cors.js`);
const { subresourceIntegrityTest } = await import(`${tests}/subresource-integrity.js`);
const { strictTransportSecurityTest } = await import(`${tests}/strict-transport-security.js`);

const judged = {
  csp: contentSecurityPolicyTest,
  framing: xFrameOptionsTest,
  sniffing: xContentTypeOptionsTest,
  referrer: referrerPolicyTest,
  cookies: cookiesTest,
  cors: crossOriginResourceSharingTest,
  sri: subresourceIntegrityTest,
  hsts: strictTransportSecurityTest,
};

function response(answer) {
  const headers = new AxiosHeaders({ "content-type": "text/html; charset=utf-8" });
  const cookies = [];
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === "set-cookie") cookies.push(value);
    else headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value); // as Node joins them
  }
  if (cookies.length) headers.set("set-cookie", cookies);
  const request = { headers: new AxiosHeaders() };
  return { headers, request, status: 200, statusText: "OK", verified: true, data: answer.html, config: {} };
}

function requests(answer) {
  const url = new URL(answer.url);
  const made = new Requests(url.hostname);
  made.session = new Session(url);
  made.resources.path = answer.html;
  for (const name of ["auto", "cors", "http", "https"]) made.responses[name] = response(answer);
  made.responses.auto.httpEquiv = parseHttpEquivHeaders(answer.html, answer.url);
  for (const [name, value] of answer.headers) {
    if (name.toLowerCase() === "set-cookie") made.session.jar.setCookieSync(value, answer.url, { ignoreError: true });
  }
  return made;
}

const answers = JSON.parse(read(0, "utf8"));
const verdicts = answers.map((answer) =>
  Object.fromEntries(
    Object.entries(judged).map(([name, test]) => {
      const { result, pass } = test(requests(answer));
      return [name, { result, pass }];
    }),
  ),
);
process.stdout.write(JSON.stringify(verdicts), () => process.exit(0));
