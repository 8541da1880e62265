/** An error of the API, in words for the person in front of the page. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: Record<string, string[]> = {},
    readonly correlationId: string | null = null,
    readonly isForLater = false, // the answer says when to ask again
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

const byStatus: Record<number, string> = {
  0: 'The gateway cannot be reached. The page keeps trying.',
  401: 'Sign in to see this.',
  403: 'Your role does not allow this.',
  404: 'This gateway has nothing at that address.',
  429: 'Too many requests; wait a moment.',
  503: 'The gateway is not ready yet.',
};

export function problemOf(status: number, body: unknown, isForLater = false): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const detail = typeof problem.detail === 'string' ? problem.detail : typeof problem.title === 'string' ? problem.title : null;
  return new ApiError(
    status,
    typeof problem.code === 'string' ? problem.code : `http_${status}`,
    detail ?? byStatus[status] ?? `The gateway answered ${status}.`,
    isErrors(problem.errors) ? problem.errors : {},
    typeof problem.correlation_id === 'string' ? problem.correlation_id : null,
    isForLater,
  );
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isErrors(value: unknown): value is Record<string, string[]> {
  return typeof value === 'object' && value !== null && Object.values(value).every(Array.isArray);
}
