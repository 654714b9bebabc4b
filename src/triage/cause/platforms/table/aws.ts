import { all, firstOf, masked, matched, matchedInHeader, maybe, valuesOf } from "../keep.ts";
import { type Keeper, platform, type Told } from "../rule.ts";

const CODES: Record<string, Told> = {
  accessdenied: ["auth", "S3: access denied", "Let the signer of {webhook}'s endpoint URL write to this bucket"],
  "accessdenied-expired": [
    "auth",
    "S3: the signed URL has expired",
    "Give {webhook} a fresh signed URL, or an endpoint that does not expire",
  ],
  signaturedoesnotmatch: [
    "auth",
    "S3: the signature does not match",
    "Sign the URL for POST and the headers that {provider} sends",
  ],
  nosuchbucket: [
    "gone_or_moved",
    "S3: there is no such bucket",
    "Create the bucket, or correct {webhook}'s endpoint URL",
  ],
  nosuchkey: ["not_found", "S3: there is no such key", "Correct the path of {webhook}'s endpoint URL"],
  methodnotallowed: [
    "bad_request",
    "S3: this resource does not take POST",
    "Point {webhook} to an app; a bucket's website takes no posts",
  ],
  permanentredirect: [
    "gone_or_moved",
    "S3: the bucket is in another region",
    "Use the endpoint of the bucket's region in {webhook}",
  ],
  slowdown: ["rate_limited", "S3: too many requests", "Spread the requests of {webhook} to this bucket over time"],
  requesttimetooskewed: [
    "auth",
    "S3: the clock of the signer is wrong",
    "Correct the clock of what signs the requests",
  ],
  expiredtoken: ["auth", "S3: the security token has expired", "Give {webhook} a fresh signed URL"],
  entitytoolarge: [
    "payload_too_large",
    "S3: the payload is larger than the policy allows",
    "Send smaller payloads from {webhook}",
  ],
};

const expired: Keeper = ({ lowerText }) => (lowerText.includes("request has expired") ? ["expired"] : []);

const TYPES: Record<string, Told> = {
  accessdeniedexception: ["auth", "AWS: access denied", "Let the signer of {webhook} do this in its IAM policy"],
  throttlingexception: [
    "rate_limited",
    "AWS: throttled",
    "Raise the service's quota in the account of {receiver}, or spread the requests",
  ],
  toomanyrequestsexception: [
    "rate_limited",
    "AWS: too many requests",
    "Raise the service's quota in the account of {receiver}",
  ],
  limitexceededexception: [
    "platform_quota_or_sleep",
    "AWS: a limit of the account is reached",
    "Raise the service's quota in the account of {receiver}",
  ],
  resourcenotfoundexception: [
    "not_found",
    "AWS: there is no such resource",
    "Correct the name or ARN in {webhook}'s endpoint URL",
  ],
  validationexception: [
    "bad_request",
    "AWS: the request is not valid",
    "Compare the payload of {webhook} with what the service wants",
  ],
  internalservererrorexception: [
    "server_error",
    "AWS: something broke",
    "Read the log of the function or service behind {receiver}",
  ],
  serviceunavailableexception: [
    "gateway",
    "AWS: the service is unavailable",
    "See the AWS health dashboard for the region of {receiver}",
  ],
};

/** The APIs of AWS. */
export const AWS = [
  ...platform("S3", "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html", [
    {
      id: "s3",
      when: [
        { kind: "xml", fields: { "error.code": true, hostid: true } },
        { kind: "xml", headers: { "x-amz-id-2": true }, fields: { code: true } },
        { kind: "html", text: ["hostid:"], alsoText: ["requestid:"] },
      ],
      keep: all(firstOf(valuesOf("error.code", "code"), matched(/code: (\w{3,60})/i)), expired),
      known: CODES,
      told: ["bad_request", "S3: {1}", "Look the code {1} up in S3's list of errors"],
    },
  ]),
  ...platform("AWS", "https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html", [
    {
      id: "aws",
      when: { kind: "xml", fields: { "error.code": true, requestid: true } },
      keep: valuesOf("error.code"),
      known: {
        missingauthenticationtoken: [
          "auth",
          "AWS: the request is not signed",
          "Point {webhook} to an endpoint that takes unsigned posts, such as API Gateway; {receiver} is an AWS API",
        ],
        throttling: [
          "rate_limited",
          "AWS: throttled",
          "Spread the requests of {webhook}, or raise the quota of the AWS account",
        ],
        requestexpired: [
          "auth",
          "AWS: the signature has expired",
          "Sign each attempt of {webhook} anew, and check the clock that signs",
        ],
      },
      told: [
        "auth",
        "AWS: {1}",
        "Look the code {1} up in AWS's common errors; the request to {receiver} must be signed",
      ],
    },
    {
      id: "aws-signature",
      when: {
        text: [
          "the request signature we calculated does not match",
          "the security token included in the request is invalid",
          "the security token included in the request is expired",
          "credential should be scoped to",
          "signature expired:",
          "authorization header requires 'credential' parameter",
        ],
      },
      keep: matched(
        /(signature we calculated does not match|token included in the request is (?:invalid|expired)|credential should be scoped|signature expired|requires 'credential' parameter)/i,
      ),
      told: [
        "auth",
        "AWS refused the signature: {1}",
        "Sign the request of {webhook} for the region and service of {receiver}, or open the endpoint for unsigned posts",
      ],
    },
    {
      id: "aws",
      when: { fields: { __type: true } },
      keep: ({ fields }) =>
        fields
          .filter(({ path }) => path.endsWith("__type"))
          .slice(0, 1)
          .map(({ value }) => value.slice(value.lastIndexOf("#") + 1)),
      known: TYPES,
      told: ["bad_request", "AWS: {1}", "Look the exception up in the documentation of the AWS service at {receiver}"],
    },
    {
      id: "aws",
      when: { headers: { "x-amzn-errortype": true } },
      keep: all(
        matchedInHeader("x-amzn-errortype", /^(\w{3,60})/),
        maybe(({ fields }) => {
          const message = fields.find(({ path }) => /^message$/i.test(path));
          return message && !/^(?:forbidden|internal server error|unauthorized)$/i.test(message.value)
            ? [masked(message.value)]
            : [];
        }),
      ),
      known: TYPES,
      told: ["bad_request", "AWS: {1}", "Look the exception up in the documentation of the AWS service at {receiver}"],
    },
    {
      id: "appsync",
      source: "https://docs.aws.amazon.com/appsync/latest/devguide/troubleshooting-and-common-mistakes.html",
      when: { fields: { "errors.errorType": true, "errors.message": true } },
      keep: valuesOf("errors.errorType"),
      told: ["auth", "AppSync: {1}", "Give {webhook} the authorization that the AppSync API at {receiver} wants"],
    },
  ]),
];
