/**
 * HTTP/2 has numbered reasons for ending a stream or a connection (https://www.rfc-editor.org/rfc/rfc9113#section-7); each client prints the same ones in
 * its own words: Go (https://pkg.go.dev/golang.org/x/net/http2#ErrCode), h2 of Rust (https://docs.rs/h2/latest/h2/struct.Reason.html), nghttp2 and Node,
 * curl, OkHttp, Netty, java.net.http, .NET, Mint, h2 of Python.
 */
export interface Http2Code {
  number: number;
  id: string;
  /** The standard's name and what libraries say for it. */
  names: string;
  title: string;
  nextStep: string;
}

export const HTTP2_CODES: readonly Http2Code[] = [
  {
    number: 7,
    id: "http2-refused-stream",
    names:
      "refused stream | stream not processed | refused stream before processing | refusedstream | request rejected",
    title: "The receiver refused the HTTP/2 stream before working on it",
    nextStep:
      "Send again: nothing was done yet. If it lasts, raise the limit of streams at {receiver} or look for its restarts.",
  },
  {
    number: 2,
    id: "http2-internal-error",
    names: "internal error | unexpected internal error",
    title: "The receiver broke off the HTTP/2 stream after a failure of its own",
    nextStep:
      "Look into the log of {receiver} or its proxy at these times: it failed while answering (INTERNAL_ERROR).",
  },
  {
    number: 11,
    id: "http2-enhance-your-calm",
    names: "enhance your calm | excessive load | detected excessive load | too many pings",
    title: "The receiver says over HTTP/2 that too much is sent",
    nextStep: "Raise the limits of HTTP/2 at {receiver} (streams, resets, pings), or let {provider} send less at once.",
  },
  {
    number: 13,
    id: "http2-http11-required",
    names: "use http 1 1 | http 1 1 required | http11 required | endpoint requires http 1 1",
    title: "The receiver wants HTTP/1.1 and not HTTP/2",
    nextStep:
      "Switch off HTTP/2 at {receiver} (ALPN h2), which offers it and then wants HTTP/1.1: client certificates and NTLM do that.",
  },
  {
    number: 3,
    id: "http2-flow-control",
    names: "flow control error | flow control | flow control protocol violated",
    title: "The receiver and the sender disagree on HTTP/2 flow control",
    nextStep: "Update the HTTP/2 side of {receiver}: it counts its windows wrongly.",
  },
  {
    number: 6,
    id: "http2-frame-size",
    names: "frame size error | frame size | frame with invalid size | frame too large | invalid frame length",
    title: "An HTTP/2 frame had a wrong size",
    nextStep: "Update the HTTP/2 side of {receiver}, or check that its port serves HTTP/2 at all.",
  },
  {
    number: 9,
    id: "http2-compression",
    names: "compression error | header compression context | hpack | huffman",
    title: "HTTP/2 headers could not be decompressed",
    nextStep: "Update the HTTP/2 side of {receiver}: it sends headers that break the rules of HPACK.",
  },
  {
    number: 4,
    id: "http2-settings-timeout",
    names: "settings timeout | settings ack | settings ack not received",
    title: "The receiver did not answer HTTP/2 settings in time",
    nextStep: "Look at the load of what ends HTTP/2 for {receiver}: it took the connection and did not go on.",
  },
  {
    number: 12,
    id: "http2-inadequate-security",
    names: "inadequate security | minimum security requirements",
    title: "The receiver finds the TLS below HTTP/2 too weak",
    nextStep: "Allow current cipher suites at {receiver} with HTTP/2: the one agreed on is forbidden there.",
  },
  {
    number: 10,
    id: "http2-connect-error",
    names: "connect error | connection established in response to a connect",
    title: "A tunnel through HTTP/2 broke",
    nextStep: "Look into the log of the proxy between {provider} and {receiver}.",
  },
  {
    number: 8,
    id: "http2-cancelled",
    names: "cancel | canceled | cancelled | stream cancelled | stream canceled | stream no longer needed",
    title: "The receiver cancelled the HTTP/2 stream",
    nextStep:
      "Look for time-outs of {receiver} or its proxy: they end a stream with CANCEL when the work behind takes too long.",
  },
  {
    number: 5,
    id: "http2-stream-closed",
    // Node says "stream closed with error code …" of every one.
    names:
      "code stream closed | nghttp2 stream closed | http2 stream closed | @n stream closed | cleanly stream closed | reset stream closed | received stream closed | stream half closed | half closed",
    title: "The receiver closed the HTTP/2 stream",
    nextStep: "Look into the log of the proxy in front of {receiver}: it closed the stream while it was still in use.",
  },
  // Last but for nothing: .NET adds `HttpProtocolError` to every one.
  {
    number: 1,
    id: "http2-protocol-error",
    names:
      "protocol error | unspecific protocol error | protocol violation | framing | invalid data on the connection | connection preface | preface",
    title: "The receiver and the sender fell out over HTTP/2",
    nextStep:
      "Look into the log of the proxy in front of {receiver} for what it objects to (PROTOCOL_ERROR), often a header; trying HTTP/1.1 tells more.",
  },
];
