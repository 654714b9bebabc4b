/** Steps that many platforms share. */
export const FIELD = "Compare the payload of {webhook} with the fields that {receiver} takes";
export const LOGS = "Read the app's log at {receiver} at the time of the attempt";
export const LOOK = "Look this error up in the documentation of the API at {receiver}, and correct {webhook} by it";
export const NEW_URL = "Create a new incoming webhook and put its URL into {webhook}";
export const ROUTE = "Compare the path and method of {webhook}'s endpoint URL with the routes of the app at {receiver}";
export const TOKEN = "Give {webhook} a valid token for {receiver}";
