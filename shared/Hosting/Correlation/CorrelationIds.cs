using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace CryptoScreener.Hosting;

public static class CorrelationIds
{
    public const string Header = "X-Correlation-ID";

    private const int Longest = 128;

    /// <summary>Every request carries an id, the caller's or a new one, in its logs and in the response's header.</summary>
    public static IApplicationBuilder UseCorrelationIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var wanted = context.Request.Headers[Header].ToString();
        var id = IsAcceptable(wanted) ? wanted : New();
        context.Response.Headers[Header] = id;
        return InScopeAsync(id, () => next(context));
    });

    /// <summary>An id for work that nobody asked for; the trace's own where there is one.</summary>
    public static string New() => Activity.Current is { } activity ? activity.TraceId.ToHexString() : ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>An id from outside goes into logs and headers, so it is short and holds nothing that either could misread.</summary>
    public static bool IsAcceptable(string id) => id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');

    private static async Task InScopeAsync(string id, Func<Task> work)
    {
        using var scope = Correlation.Begin(id);
        await work();
    }
}
