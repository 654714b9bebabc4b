import { platform, type Told } from "../rule.ts";

const OPEN: Told = [
  "circuit_open",
  "A circuit breaker at the receiver is open",
  "See what the app at {receiver} calls and why that fails; the breaker closes by itself once calls work again",
];

/** Libraries that stop calling what keeps failing. Their sentence tells more than the framework that answers with it. */
export const CIRCUIT_BREAKERS = [
  ...platform("Circuit breaker", "https://resilience4j.readme.io/docs/circuitbreaker", [
    {
      id: "circuit-open",
      when: [
        { text: ["circuitbreaker '", 'circuitbreaker "'], alsoText: ["does not permit further calls"] },
        { text: ["callnotpermittedexception"] },
      ],
      told: OPEN,
    },
  ]),
  ...platform("Circuit breaker", "https://www.pollydocs.org/strategies/circuit-breaker", [
    {
      id: "circuit-open",
      when: {
        text: [
          "the circuit is now open and is not allowing calls",
          "brokencircuitexception",
          "circuit breaker is open",
          "circuit breaker open",
          "circuit breaker is currently open",
          "circuitbreaker is open",
          "circuitbreaker: open",
          "circuitbreakererror",
          "circuit is open",
          "circuit open",
          "breaker is open",
        ],
        notText: ["closed circuit"],
      },
      told: OPEN,
    },
  ]),
  ...platform("Circuit breaker", "https://github.com/Netflix/Hystrix/wiki", [
    {
      id: "circuit-open",
      when: {
        text: ["hystrix circuit short-circuited", "short-circuited and is open", "short-circuited and fallback"],
      },
      told: OPEN,
    },
  ]),
];
