import type { TransportRule } from "./rule.ts";

/** Requests that cannot be built: the URL is wrong. */
export const URL_RULES: readonly TransportRule[] = [
  {
    // https://pkg.go.dev/net/http (no Host in request URL) · https://curl.se/libcurl/c/libcurl-errors.html (3) · requests, java.net.http, .NET, url (Rust)
    cause: {
      id: "url-no-host",
      category: "bad_request",
      title: "The webhook's URL names no host",
      nextStep: "Put a host into the URL of {webhook}: between the two slashes and the path there is none.",
    },
    any: [
      "no host in request url | no host supplied | no host given | no host part | no host specified | no host in url | without a host",
      "does not specify a valid host | host name may not be null | host name may not be empty | host may not be null | host may not be blank",
      "target host is not specified | target host must not be null | empty host | host is missing | missing host | host is required",
      "hostname could not be parsed | host must not be empty | host cannot be empty | host cannot be null | host must not be null",
      "missing a host | hostname is required | host is null | missing hostname | empty hostname | no hostname | bad component expected host component",
      "unsupported uri @nohost | uri does not contain a host | invalid url host $ | the hostname is empty | host can not be empty",
      "uri with undefined host | undefined host | url has no host | host is empty | not have a host | must have a host | must include a host",
      "requires a host | lacks a host | missing authority | invalid url @nohost | invalid uri @nohost | bad uri @nohost | malformed url @nohost",
    ],
    not: ["host header"],
  },
  {
    // https://curl.se/libcurl/c/libcurl-errors.html (1) · https://nodejs.org/api/errors.html#err_invalid_protocol · requests MissingSchema, InvalidSchema
    cause: {
      id: "url-scheme",
      category: "bad_request",
      title: "The webhook's URL does not begin with https:// or http://",
      nextStep: "Write the URL of {webhook} in full, from https:// on.",
    },
    any: [
      "unsupported protocol scheme | missing protocol scheme | missing schema | invalid schema | no connection adapters | no scheme",
      "unsupported scheme | unsupported url scheme | unsupported uri scheme | not supported url scheme | url scheme unknown | unknown scheme",
      "unsupported url protocol | scheme is not supported | scheme is missing | missing scheme | invalid scheme | bad scheme | url scheme",
      "url scheme is not allowed | expected url scheme | no scheme was found | invalid uri scheme | scheme must be | schemes are allowed",
      "must use https | only https | https only | undefined scheme | scheme not allowed | only absolute urls | only http | relative url without a base | unknown url type | not an http uri",
      "protocol is not supported | not supported or disabled in libcurl | disabled in libcurl | err invalid protocol | unsupported protocol $",
      "unsupported protocol ftp | unsupported protocol file | unsupported protocol ws | unsupported protocol wss | err unknown url scheme",
      "unknown protocol ftp | unknown protocol htp | unknown protocol http | unknown protocol https | unknown protocol hhtp | no protocol",
      "malformed url exception unknown protocol | malformed url exception no protocol | is missing an @nohost | has an unsupported protocol",
      "absolute uri or base address must be set | must be an absolute uri | uri is not absolute | absolute url required | absolute uri required",
      "format of the uri could not be determined | unable to find the wrapper | must be http | non http url | uri must be absolute",
      "must be http https or generic | no scheme given | invalid request uri was provided | unsupported protocol error | host is required for absolute",
      "protocol ftp not supported | protocol not supported expected http | must start with http | must start with https | must begin with http",
      "curle unsupported protocol | err disallowed url scheme | curl error 1 unsupported protocol | curl error 1 protocol | protocol not supported or disabled",
    ],
    not: ["ssl routines | tls | ssl | redirect | received http 0 9"],
  },
  {
    // https://nodejs.org/api/errors.html#err_socket_bad_port · java.net.InetSocketAddress · https://docs.rs/url/latest/url/enum.ParseError.html
    cause: {
      id: "url-port",
      category: "bad_request",
      title: "The webhook's URL names a port that cannot be",
      nextStep: "Correct the port in the URL of {webhook}: it must be a number from 1 to 65535.",
    },
    any: [
      "invalid port | bad port number | port out of range | port number out of range | err socket bad port | port should be",
      "port number was not a decimal number | port number was not a decimal | port number | port was not a decimal | invalid port number | port must be | illegal port",
      "port could not be cast to integer | nonnumeric port | port is not valid | bad port in url | port is invalid | port number ended with",
    ],
  },
  {
    // https://nodejs.org/api/errors.html#err_invalid_url · https://pkg.go.dev/net/url · java.net.URISyntaxException · https://curl.se/libcurl/c/libcurl-errors.html (3)
    cause: {
      id: "url-malformed",
      category: "bad_request",
      title: "The webhook's URL is not one that can be sent to",
      nextStep: "Correct the URL of {webhook}: it must be complete, without blanks, placeholders or stray characters.",
    },
    any: [
      "invalid url | malformed url | url malformed | url malformat | bad url | err invalid url | invalid uri | bad uri | malformed uri | malformed input to a url",
      "url using bad illegal format | illegal character in | invalid character in host name | first path segment in url | invalid url escape",
      "invalid webhook url | webhook url is invalid | url is not valid | uri is not valid | url rejected | bad illegal format | uri syntax exception | malformed url exception | uri format exception | url parse error",
      "failed to parse url | could not parse url | unable to parse url | cannot parse url | url cannot be parsed | failed to parse uri",
      "location parse error | label empty or too long | label too long | encoding with idna codec failed | unescaped characters",
      "url cant contain control characters | control character in url | err unescaped characters | invalid hostname | invalid domain name",
      "invalid international domain name | invalid ipv4 address | invalid ipv6 address | invalid ip address | uri must be ascii | invalid url host",
      "invalid domain character | idna error | invalid host | invalid userinfo | invalid authority | unwise character | url is invalid",
      "uri is invalid | not a valid url | not a valid uri | a valid url was not provided | builder error | does not accept registry part",
      "uri encoded | invalid path character | err invalid arg url | unexpected character in url | port is not a digit | unresolved placeholder",
    ],
    not: ["redirect | response | certificate | not valid for | header"],
  },
];

/** Requests that cannot be built: the headers or the body are wrong. */
export const REQUEST_RULES: readonly TransportRule[] = [
  {
    // https://nodejs.org/api/errors.html#err_http_content_length_mismatch · undici UND_ERR_REQ_CONTENT_LENGTH_MISMATCH · https://h11.readthedocs.io/
    cause: {
      id: "request-length",
      category: "bad_request",
      title: "The sender's request is shorter or longer than its Content-Length",
      nextStep:
        "Drop a Content-Length of your own from the headers of {webhook}: {provider} must count the body itself; {receiver} never got the request.",
    },
    any: [
      "request content bytes | with body length | insufficient data written | request body length does not match | und err req content length mismatch",
      "too little data for declared content length | too much data for declared content length | content would exceed content length",
      "too many bytes in request body | too few bytes returned by the publisher | request content length mismatch | req content length mismatch",
      "err http content length mismatch | too many bytes written | request body is larger than the content length | with nil body | with nil request body",
      "request body larger than specified content length | less data than content length | wrote more than the declared content length",
      "more bytes than content length | fewer bytes than content length | content length promised | request body too short | request body too long",
      "content length given but | upload stopped with | body bytes written than content length | more data than the content length",
    ],
  },
  {
    // RFC 9110, 5.5: https://www.rfc-editor.org/rfc/rfc9110#section-5.5 · https://nodejs.org/api/errors.html#err_invalid_char · requests InvalidHeader · OkHttp Headers
    cause: {
      id: "request-header",
      category: "bad_request",
      title: "The sender's request has a header that cannot be sent",
      nextStep:
        "Correct the custom headers of {webhook}: a name or value holds a line break, a blank or another character that headers may not have.",
    },
    any: [
      "invalid header field value | invalid header field name | invalid header value | invalid header name | invalid header key | illegal header value",
      "illegal header name | invalid character in header content | err invalid char | err http invalid header value | err invalid http token",
      "header name must be a valid http token | is not valid header value | is not valid header name | not a valid header value | not a valid header name",
      "is not a legal http header | is an invalid header value | is an invalid header name | is not a valid http header | illegal http header",
      "return character in header | return characters in header | reserved character s or return character s in header | in header value | in header values",
      "cannot include cr lf | new line characters | newline characters in header | header value must be | header part | must be of type str or bytes",
      "in message header value | in message header name | prohibited character | header values must | headers must contain only ascii | header injection",
      "more than a single header | new line detected | misused header name | header name format is invalid | failed to parse header value",
      "failed to parse header name | invalid http header name | invalid http header value | invalid http header field | restricted header name",
      "detected in headers | invalid connection header | invalid transfer encoding header | invalid content length header | invalid upgrade header",
      "invalid keep alive header | expect header not supported | unexpected char 0x0a | unexpected char 0x0d | unexpected char | header contains invalid",
      "carriage return or null byte | contains invalid characters for a header | in field value | header field value cannot | invalid host header",
      "header value contains | header name contains | header contains | header error | invalid header error | non token header | http header is invalid | header name is empty | header name cannot be empty | header is not valid",
    ],
    not: [
      "received an invalid header | parse error | hpe | remote protocol error | response header | bad http message",
    ],
  },
  {
    // https://pkg.go.dev/net/http (invalid method) · https://square.github.io/okhttp/ · https://fetch.spec.whatwg.org/#methods
    cause: {
      id: "request-method",
      category: "bad_request",
      title: "The sender's request has a method that cannot be sent so",
      nextStep: "Choose another method for {webhook}: with this one {provider} cannot send a body, or it is no method.",
    },
    any: [
      "invalid method | invalid http method | invalid request method | err invalid http method | method must be a valid http token",
      "must not have a request body | must have a request body | get head method cannot have body | method cannot have body | unsupported method",
      "format of the http method is invalid | http method is not supported on this platform | hpe invalid method | unknown http method",
    ],
  },
  {
    // https://pkg.go.dev/golang.org/x/net/http2 (define Request.GetBody) · https://curl.se/libcurl/c/libcurl-errors.html (65) · Fetch
    cause: {
      id: "request-body-used",
      category: "bad_request",
      title: "The sender could not send its body again",
      nextStep: "Let {provider} keep the body for a second try: it is a stream that was used up by the first one.",
    },
    any: [
      "define request get body | after request body was written | send failed since rewinding | send fail rewind | rewind wasnt possible | rewind was not possible | cannot rewind | unable to rewind",
      "body object should not be disturbed | body used already | body is unusable | body has already been | readable stream is locked | stream was already consumed",
      "non repeatable request entity | request message was already sent | cannot retry request with a non repeatable | stream consumed | body already consumed",
    ],
    not: ["goaway"],
  },
  {
    // https://axios-http.com/docs/req_config (maxBodyLength) · follow-redirects ERR_FR_MAX_BODY_LENGTH_EXCEEDED
    cause: {
      id: "request-too-large",
      category: "payload_too_large",
      title: "The sender's request is larger than its own limit",
      nextStep: "Send less in one request from {webhook}, or raise {provider}'s limit: {receiver} never got it.",
    },
    any: [
      "request body larger than | err fr max body length exceeded | max body length | request body exceeded | request body too large for",
      "request body exceeds | request body is too large to | payload exceeds | payload size exceeds | payload size exceeded | payload is too large to | too large to be sent | too large to send | body too large to send",
      "payload of this webhook exceeds | webhook payload too large | event too large | too large to deliver | too large for delivery | request entity larger than the client | request exceeds the client limit | url too long for | message too large to send",
    ],
  },
];
