import type { TransportCause, TransportRule } from "./rule.ts";

/** The receiver redirects, and that leads nowhere. https://www.rfc-editor.org/rfc/rfc9110#section-15.4 */
export const REDIRECT_RULES: readonly TransportRule[] = [
  {
    // Fetch's redirect mode, OpenURI (Ruby), HTTP clients that follow only https or only the same host; Guzzle, curl --proto-redir
    cause: {
      id: "redirect-refused",
      category: "gone_or_moved",
      title: "The receiver sends on to an address that is not followed",
      nextStep:
        "Put the address that {receiver} redirects to into the webhook's URL: {provider} does not follow it there.",
    },
    any: ["redirect | redirects | redirected | redirection | redirections | redirecting | redirect url | redirect uri"],
    and: [
      "not allowed | disallowed | refused | refusing | blocked | unsafe | forbidden | insecure | unsupported | different host | https to http | not permitted",
      "denied | invalid redirect | downgrade | cross origin | without location | missing location | unexpected redirect | mode is set to error | err unsafe redirect",
      "allowed redirect protocols | no location | location header | disabled | not followed | not follow | is not supported | to an invalid | cannot redirect | unexpected",
      "cannot follow | another host | redirect protocol | non http | not supported | err invalid redirect | redirect without | was not expected",
    ],
    not: ["too many | maximum | max redirects | exceeded | loop | limit | more than"],
  },
  {
    // https://curl.se/libcurl/c/libcurl-errors.html (47) · Go `stopped after 10 redirects` · OkHttp `Too many follow-up requests` · Fetch
    cause: {
      id: "redirect-loop",
      category: "gone_or_moved",
      title: "The receiver redirects in a loop",
      nextStep:
        "Put the final address into the webhook's URL, and look for a redirect loop at {receiver} (http to https, with and without a slash).",
    },
    any: [
      "redirect | redirects | redirected | redirection | redirections | redirecting | follow up requests | redirect loop | redirect count",
    ],
    and: [
      "too many | maximum | max | max redirects | exceeded | stopped after | times | limit | loop | circular | reached | follow up requests | infinite | exceeds | endless | more than",
    ],
  },
];

const ANSWER_TOO_LARGE: TransportCause = {
  id: "answer-too-large",
  category: "payload_too_large",
  title: "The receiver's answer is larger than the sender takes",
  nextStep: "Let {receiver} answer with a few bytes, best with an empty 200 or 204: {provider} needs no more.",
};

/** There was an answer, and it was none that a client can take. */
export const ANSWER_RULES: readonly TransportRule[] = [
  {
    // https://nodejs.org/api/errors.html#hpe_header_overflow · undici UND_ERR_HEADERS_OVERFLOW · http.client LineTooLong · Netty TooLongFrameException · .NET
    cause: {
      id: "answer-headers-too-large",
      // Like all answers that cannot be read: what was sent is not too large.
      category: "connect",
      title: "The receiver's answer has more headers than the sender takes",
      nextStep: "Let {receiver} answer with fewer and smaller headers, cookies first.",
    },
    any: [
      "header overflow | headers overflow | header too large | headers too large | header is too large | headers are too large | headers too big | header too big",
      "response headers exceeded | headers length exceeded | got more than @n headers | got more than @n bytes | header line too long | line too long | linetoolong",
      "too many headers | too many header | max header | header size | headers size | header list size | http header is larger than | http header larger than",
      "message header too large | header field too large | header field too long | maximum header | max response header bytes | server response headers exceeded",
      "too long http header | http header exceeds | header section too large | message head is too large | message too large | header exceeds | maximum line length",
      "header is longer than | response header too large | response headers too large | header value is too long | headers exceeds | headers exceed | too long header",
      "maximum line length limit exceeded | http line is larger than | status line too long | too large header | response headers length | header lines",
      "too many response headers | header limit exceeded | small read buffer | response header fields | header list | large response headers | response header list | err response headers too big | exceeded max header | header buffer | request headers too large",
    ],
    not: ["payload too large for | request header fields"],
  },
  {
    // https://axios-http.com/docs/req_config (maxContentLength) · undici · Apache ContentTooLong · OkHttp · curl CURLE_FILESIZE_EXCEEDED
    cause: ANSWER_TOO_LARGE,
    any: [
      "max content length | response body too large | response too large | limit while buffering | maximum response size | maximum allowed size | max body size",
      "maximum number of bytes | maximum file size exceeded | limit on max bytes to buffer | max bytes to buffer | content size | body too large | payload too large",
      "response size | size exceeded | larger than maximum | entity content is too long | response exceeded | body exceeded | res exceeded max size | exceeded max size",
      "buffer limit | buffering capacity | maximum buffer size | filesize exceeded | content length too large | response is too large | max buffer | maxbuffer exceeded",
      "body is too large | content too large | too much data | response content exceeded",
      "body limit exceeded | body size exceeds | body size exceeded | content length exceeded | content length exceeds | exceeded limit on | entity too large | entity size | body length limit | response entity too large",
      "content over limit | response body exceeds | answer too large | data buffer limit | http: request body too large | response larger than",
    ],
    not: [
      "redirect | redirects | redirections | retries | retry | attempts | timeout | duration | time | second | seconds",
    ],
  },
  {
    cause: ANSWER_TOO_LARGE,
    any: [
      "exceeds the maximum | exceeded maximum | exceeds maximum | exceeded the maximum | over limit | over the limit | too large | too big | too long",
      "larger than | bigger than | longer than the allowed | size limit | exceeds the allowed size",
    ],
    and: ["response | answer | body | buffer | bytes | entity"],
    not: [
      "redirect | redirects | redirections | retries | retry | attempts | timeout | duration | time | frame | chunk | took | seconds | ms | minutes | milliseconds | requests | uri | url | second",
    ],
  },
  {
    cause: ANSWER_TOO_LARGE,
    any: ["exceeds | exceeded | over the limit | beyond the limit | greater than"],
    and: ["response body | response size | response content | answer size"],
    not: ["timeout | duration | time | took | seconds | ms | minutes | milliseconds | request | deadline | second"],
  },
  {
    cause: ANSWER_TOO_LARGE,
    any: ["response | answer"],
    and: [
      "limit of @n kb | limit of @n mb | limit of @n bytes | limit of @n b | exceeded @n kb | exceeded @n mb | exceeds @n kb | exceeds @n mb | exceeds @n bytes | exceeded @n bytes",
      "@n kb limit | @n mb limit | @n bytes limit | @n byte limit | limit @n bytes | limit @n kb | limit @n mb",
    ],
    not: ["request | header | headers"],
  },
  {
    // https://www.rfc-editor.org/rfc/rfc9110#section-8.4 · zlib, Go's compress/gzip, undici, urllib3 DecodeError, httpx DecodingError, curl 61
    cause: {
      id: "answer-encoding",
      category: "unknown",
      title: "The receiver's answer could not be decoded",
      nextStep: "Check what {receiver} says in Content-Encoding: the body is not compressed that way.",
    },
    any: [
      "gzip | gunzip | incorrect header check | content decoding | decoding error | content encoding | decompress | decompressing | decompression | inflate | inflating",
      "z data error | z buf error | zlib | brotli | deflate | invalid block type | unknown compression method | incorrect data check | invalid distance | invalid stored block",
      "could not decode content | bad content encoding | unrecognized content encoding | not in gzip format | zstd | unsupported content encoding | err content decoding",
      "compression method | invalid code lengths | zip data error | failed to decode content | failed to decode response | err content decoding failed | corrupt input | magic number",
      "invalid distance too far back | unexpected end of zlib | compressed data | err decoding failed | contentdecoding",
    ],
  },
  {
    // RFC 9112, 6.3: https://www.rfc-editor.org/rfc/rfc9112#section-6.3
    cause: {
      id: "answer-content-length",
      category: "connect",
      title: "The receiver's answer states a length that cannot be",
      nextStep: "Let {receiver} send one Content-Length that is a number, and none beside Transfer-Encoding.",
    },
    any: [
      "hpe unexpected content length | content length cant be present with | content length can t be present | hpe invalid content length | invalid content length",
      "bad content length | conflicting content length | multiple content length | duplicate content length | differing content length | content length headers",
      "transfer encoding and content length | content length and transfer encoding | content length with transfer encoding | multiple transfer encoding | hpe invalid transfer encoding",
      "content length present | unsupported transfer encoding | negative content length | content length is not | overflow content length | content length overflow",
      "err response headers multiple content length | unparsable content length | content length parsed | malformed content length | transfer encoding cant be",
    ],
  },
  {
    // https://www.rfc-editor.org/rfc/rfc9112#section-7.1
    cause: {
      id: "answer-chunks",
      category: "connect",
      title: "The receiver's answer is chunked wrongly",
      nextStep:
        "Look at what writes the answer of {receiver}: the length before a chunk is wrong. Hand-written chunking and buffering proxies do that.",
    },
    any: [
      "chunk | chunked | chunk size | chunk length | chunk header | chunks | chunk extension | chunk terminator | invalid chunk length | transfer encoding | chunked encoding",
      "hpe invalid chunk size | malformed chunk coding exception | chunk coding | chunk line | chunked line | transfer encoding error",
    ],
    and: [
      "invalid | malformed | bad | illegal | expected chunk | illegible | could not be parsed | wrong chunk | missing | unparseable | unsupported | unknown | crlf expected",
      "hexadecimal sequence | invalid byte in | invalid character | extension | parse | parser | too large | too long | problem in | terminator | no hex | unexpected character | problem",
      "invalid chunk size | hpe invalid chunk size | unrecognized | error in chunked | syntax",
    ],
    not: [
      "incomplete | incomplete read | premature | prematurely | unexpected eof | closed | eof during | not enough data | remote disconnected | closing chunk expected",
      "length b 0 bytes read | unexpected end | request | und err invalid arg | end of file",
    ],
  },
  {
    // https://www.rfc-editor.org/rfc/rfc9112#section-8 (incomplete messages)
    cause: {
      id: "answer-truncated",
      category: "connect",
      title: "The receiver's answer broke off in the middle",
      nextStep:
        "Look for crashes, restarts and time-outs of {receiver} or its proxy: the connection ended before the whole answer was sent.",
    },
    any: [
      // Node, undici, got
      "premature close | err stream premature close | invalid eof state | hpe invalid eof state | response body length does not match | res content length mismatch",
      "^ terminated | ^ aborted $ | error aborted $ | error terminated | type error terminated | server aborted pending request | stream has been aborted | econnreset aborted",
      "reason aborted $ | prematurely closed during | body terminated | stream aborted",
      // Go, Rust
      "unexpected eof | end of file before message length reached | unexpected eof during chunk | error reading a body from connection | connection closed while reading body",
      // Java
      "premature end | premature eof | fixed content length | unexpected end of stream $ | unexpected end of stream connection | unexpected end of content | unexpected end of chunked",
      "eof reached while reading | closing chunk expected | connection closed while receiving data | unexpected end of input stream | response body incomplete",
      // curl, PHP
      "transfer closed with | partial file | transferred a partial file | end of response with | curle partial file | bytes missing | outstanding read data | bytes remaining to read",
      // Python
      "incomplete read | incompleteread | incomplete chunked read | without sending complete message | payload is not completed | client payload error | content payload",
      "not enough data | ^ response ended prematurely | connection broken response ended | retrieval incomplete | connection broken incomplete | chunked encoding error",
      // .NET, Ruby, Elixir
      "additional bytes expected | closed before all data could be read | content length mismatch | copying content to a stream | expected more bytes | body ended prematurely",
      "err incomplete chunked encoding | err content length mismatch | body truncated | response truncated | truncated response",
      "closed after @n of @n | partial message | body too short | ended early | before the whole | got length b 0 bytes read | chunked transfer encoding state | incomplete body | incomplete response | incomplete message body | body is incomplete | response incomplete | read less | bytes were expected | body length does not match",
      "before message was complete | before the response was complete | before end of body | partial response | partial content received | short read | closed before full body | closed before the full body",
      "unexpected end of file $ | unexpected end of file while | in the middle of | mid response | closed mid",
    ],
    not: [
      "prematurely closed before | handshake | ssl routines | ssl connect | request body | from server $ | server gone | transport stream",
    ],
  },
  {
    // https://www.rfc-editor.org/rfc/rfc9112#section-4 · llhttp HPE_*, hyper Parse, h11, http.client BadStatusLine, curl 1 and 8
    cause: {
      id: "answer-not-http",
      category: "connect",
      title: "What answered at the receiver's address does not speak HTTP",
      nextStep:
        "Check the port in the webhook's URL: something other than a web server answers at {receiver} (SSH and mail servers are the usual ones).",
    },
    any: [
      "malformed http | bad status line | badstatusline | invalid status line | wrong status line | illegal status line | unexpected status line | malformed status line",
      "parse error | hpe invalid | hpe strict | hpe cr expected | hpe lf expected | hpe unexpected | http parser error | http parser | err http parser | und err http parser",
      "http bad response | invalid http response | received http 0 9 | unsupported http 1 subversion | unsupported http version | invalid http version | bad http version",
      "illegal http version | not a valid http response | failed to parse http | server violated the protocol | protocol violation | invalid or unrecognized response",
      "non http response | nonhttp | not speak http | not http | transport connection broken malformed | http version not supported by client | malformed reply",
      "invalid header line | invalid header name | illegal header line | malformed mime header | malformed header | malformed response | bad response | illegal response",
      "invalid http status | invalid status code | weird server reply | cannot parse response | failed to parse response | response parsing",
      "invalid constant string | invalid http header parsed | invalid character in header | malformed mime | folded header | unknown version | unknown http version",
      "invalid version | remote protocol error | protocol exception | bad http message | bad http response | expected http | does not match the http | invalid http | unrecognized response",
      "parse http response | bad version | could not parse data | first line of response | could not parse response | status line | illegal reason phrase | invalid reason phrase | unsupported http | http message could not be parsed | no status line",
      "more than one status code | status phrase could not be decoded | server protocol violation | err invalid http response | invalid response | header line without",
      "header without colon | missing colon | nul byte | illegal request or response line | invalid character found | illegal character in http | unexpected http version",
    ],
    not: [
      "connection reset | closed | eof | invalid eof state | hpe invalid eof state | json | remote disconnected | content length | disconnected | xml | syntax error | unexpected token",
      "invalid url | timeout | timed out",
    ],
  },
];
