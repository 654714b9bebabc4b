import { firstOf, matched, statusCode } from "../keep.ts";
import { otherPage, pages } from "../pages.ts";
import { platform } from "../rule.ts";

const SATISFIED = ["the request could not be satisfied"];

export const CLOUDFRONT = platform(
  "CloudFront",
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html",
  [
    {
      id: "cloudfront-403-method",
      when: { text: SATISFIED, alsoText: ["not configured to allow the http request method"] },
      told: [
        "bad_request",
        "CloudFront 403: the distribution does not allow POST",
        "Allow POST in the cache behaviour of {receiver}'s CloudFront distribution",
      ],
    },
    {
      id: "cloudfront-403-country",
      when: { text: SATISFIED, alsoText: ["block access from your country"] },
      told: [
        "blocked",
        "CloudFront 403: the sender's country is blocked",
        "Allow the country that {provider} sends from in the geographic restrictions of {receiver}'s distribution",
      ],
    },
    {
      id: "cloudfront-503-lambda-throttled",
      when: { text: SATISFIED, alsoText: ["lambda function", "throttled"] },
      told: [
        "rate_limited",
        "CloudFront 503: its Lambda function was throttled",
        "Raise the concurrency of the Lambda@Edge function of {receiver}",
      ],
    },
    {
      id: "cloudfront-lambda-permissions",
      when: { text: SATISFIED, alsoText: ["lambda function", "permissions"] },
      told: [
        "server_error",
        "CloudFront 503: it may not run its Lambda function",
        "Let edgelambda.amazonaws.com run the Lambda@Edge function of {receiver}",
      ],
    },
    {
      id: "cloudfront-lambda-validation",
      when: { text: SATISFIED, alsoText: ["lambda function", "invalid"] },
      told: [
        "server_error",
        "CloudFront: its Lambda function gave an invalid answer",
        "Correct the answer of the Lambda@Edge function of {receiver}: see its log in the region nearest to the sender",
      ],
    },
    {
      id: "cloudfront-lambda-failed",
      when: [
        { text: SATISFIED, alsoText: ["lambda function"] },
        { text: SATISFIED, alsoText: ["cloudfront function"] },
      ],
      told: [
        "server_error",
        "CloudFront: its function failed",
        "Read the log of the function at {receiver}'s CloudFront distribution",
      ],
    },
    {
      id: "cloudfront-origin-dns",
      when: { text: SATISFIED, alsoText: ["resolve the origin domain name"] },
      told: [
        "dns",
        "CloudFront 502: it cannot resolve your origin",
        "Correct the origin's domain name in {receiver}'s CloudFront distribution",
      ],
    },
    {
      id: "cloudfront-origin-closed",
      when: { text: SATISFIED, alsoText: ["the origin closed the connection"], notText: ["504 "] },
      told: [
        "gateway",
        "CloudFront 502: your origin closed the connection",
        "Check the TLS certificate, ports and protocol policy of the origin of {receiver}",
      ],
    },
    {
      id: "cloudfront-origin-connect",
      when: { text: ["wasn't able to connect to the origin", "can't connect to the origin"], notText: ["504 "] },
      told: [
        "gateway",
        "CloudFront: it cannot connect to your origin",
        "Check that the origin of {receiver} runs, and that its certificate and ports suit the distribution",
      ],
    },
    {
      id: "cloudfront-504",
      when: { text: SATISFIED, alsoText: ["504"] },
      told: [
        "timeout",
        "CloudFront 504: your origin took too long",
        "Find what is slow at the origin of {receiver}, or open its firewall to CloudFront",
      ],
    },
    {
      id: "cloudfront-403-request-blocked",
      when: { text: SATISFIED, alsoText: ["request blocked"] },
      told: [
        "blocked",
        "CloudFront 403: a rule of AWS WAF blocked the request",
        "Find the rule in the AWS WAF log of {receiver} and let {provider}'s addresses pass",
      ],
    },
    {
      id: "cloudfront-bad-request",
      when: { text: SATISFIED, alsoText: ["bad request"] },
      told: [
        "not_found",
        "CloudFront: no distribution serves this host that way",
        "Add {receiver} to the alternate domain names of its CloudFront distribution, and use https in {webhook}",
      ],
    },
    {
      id: "cloudfront",
      when: { text: SATISFIED },
      keep: firstOf(matched(/^(?:error: [^\n]{0,60}\n)?(\d{3}) error/i), statusCode),
      known: pages("CloudFront distribution"),
      told: otherPage("CloudFront distribution"),
    },
  ],
);
