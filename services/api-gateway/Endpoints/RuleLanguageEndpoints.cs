using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Language;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.ApiGateway.Endpoints;

internal sealed record ExpressionInput(string? Expression);

internal sealed record PreviewInput(string? Expression, RuleUniverse? Universe);

/// <param name="Position">From 0; line and column from 1.</param>
internal sealed record ExpressionError(
    int Position, int Length, int Line, int Column, RuleErrorCode Code, string Message, string? Expected, string? Suggestion);

/// <param name="Formatted">Laid out in the one way; null when it cannot be read.</param>
/// <param name="Demanded">Metrics that no calculator has yet: unknown until one adds them.</param>
internal sealed record Validation(bool Valid, string? Formatted, IReadOnlyList<string> Metrics, IReadOnlyList<string> Demanded, IReadOnlyList<ExpressionError> Errors);

internal sealed record CompletionFunction(string Name, string Signature, string Help);

internal sealed record CompletionKeyword(string Name, string Help);

internal sealed record CompletionView(
    IReadOnlyList<CompletionFunction> Functions, IReadOnlyList<CompletionKeyword> Keywords, IReadOnlyList<string> Timeframes, IReadOnlyList<string> Metrics);

internal sealed record PreviewMatch(string Exchange, string Symbol, double? Price, IReadOnlyDictionary<string, double?> Values);

/// <param name="Demanded">Metrics that nobody calculates yet: unknown here. A rule that is saved has them added; a preview does not, for it is asked at every edit.</param>
internal sealed record Preview(int Total, IReadOnlyList<PreviewMatch> Matches, IReadOnlyList<string> Demanded);

internal static class RuleLanguageEndpoints
{
    private const int MostMatches = 100;

    public static void MapRuleLanguage(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/api/v1/rules").WithTags("rules");
        rules.MapPost("validate", Validate).Reads(Scopes.Rules).NeedsBus()
            .WithSummary("What the rule language says of a text, by the code that runs rules").Produces<Validation>();
        rules.MapGet("completion", Complete).Reads(Scopes.Rules).NeedsBus().WithETag()
            .WithSummary("Everything that can be written, for editors").Produces<CompletionView>();
        rules.MapPost("preview", PreviewAsync).Reads(Scopes.Rules).NeedsBus()
            .WithSummary("Where a condition holds at this moment; crossings need the minute before and are unknown here").Produces<Preview>();
    }

    private static IResult Validate(ExpressionInput input, CatalogueBook catalogues)
    {
        if (input.Expression is not { } text) return Problem.Invalid("expression", "must be a text");
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet.");
        var compiled = Compile(text, new RuleUniverse(), catalogue);
        return TypedResults.Ok(new Validation(
            compiled.Result is not null, RuleFormatter.Format(text, out _), [.. compiled.Result?.Metrics.Select(m => m.Name) ?? []], compiled.Demanded,
            [.. compiled.Errors.Select(error => Place(error, text))]));
    }

    private static IResult Complete(CatalogueBook catalogues)
    {
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet.");
        var all = Completions.For(catalogue).ToList();
        return TypedResults.Ok(new CompletionView(
            [.. all.Where(c => c.Kind == "function").Select(c => new CompletionFunction(c.Insert.TrimEnd('('), c.Label, c.Detail))],
            [.. all.Where(c => c.Kind == "keyword").Select(c => new CompletionKeyword(c.Label, c.Detail))],
            [.. Timeframe.Default.Select(timeframe => timeframe.ToString())],
            [.. catalogue.Metrics.Select(metric => metric.Name)]));
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext http, PreviewInput input, FrameBook frames, CatalogueBook catalogues, InstrumentDirectory directory)
    {
        if (catalogues.Current is not { } catalogue) return Problem.NotReady("No metrics were published yet.");
        var universe = input.Universe ?? new RuleUniverse();
        var errors = new Dictionary<string, string[]>();
        UniverseErrors.Add(errors, universe);
        if (errors.Count > 0) return Problem.Invalid(errors);
        var compiled = Compile(input.Expression ?? "", universe, catalogue);
        if (compiled.Result is not { } rule)
        {
            RuleProblems.Add(errors, compiled.Errors);
            return Problem.Invalid(errors);
        }

        var instruments = await directory.AllAsync(http.RequestAborted);
        var matches = frames.All
            .Where(f => ReferenceEquals(f.Catalogue, catalogue) || f.Catalogue.Hash == catalogue.Hash)
            .Where(f => UniverseFilter.Includes(universe, f.Instrument, instruments.GetValueOrDefault(f.Instrument)?.QuoteAsset ?? ""))
            .Where(f => rule.Evaluate(f.Values) == Truth.True)
            .OrderBy(f => f.Instrument).ToList();
        return TypedResults.Ok(new Preview(matches.Count, [.. matches.Take(MostMatches).Select(frame => MatchOf(frame, rule))], compiled.Demanded));
    }

    private static Compilation<CompiledRule> Compile(string text, RuleUniverse universe, MetricCatalogue catalogue) => RuleCompiler.Compile(
        new RuleDefinition { Id = "preview", Version = 1, Name = "preview", RuleType = "custom", Expression = text, Universe = universe }, catalogue);

    private static PreviewMatch MatchOf(LatestFrame frame, CompiledRule rule) => new(
        frame.Instrument.Exchange, frame.Instrument.Symbol, ScreenerEndpoints.ValueOf(frame, "price"),
        rule.Metrics.ToDictionary(metric => metric.Name, metric => metric.In(frame.Values) is var value && double.IsFinite(value) ? value : (double?)null));

    private static ExpressionError Place(RuleError error, string text)
    {
        var before = text.AsSpan(0, Math.Min(error.Position, text.Length));
        return new ExpressionError(
            error.Position, error.Length, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), error.Code, error.Message, error.Expected, error.Suggestion);
    }
}
