namespace CryptoScreener.ApiGateway.Edge;

internal enum ErrorShape { Problem, ErrorAndMessage, Udf }

/// <summary>Which clients expect which errors: told by the path, because unknown paths have errors too.</summary>
internal static class ErrorShapes
{
    private static readonly string[] Earlier = ["/api/alerts", "/api/metrics", "/api/klines", "/api/tickers", "/api/settings", "/api/health"];

    public static ErrorShape Of(PathString path)
    {
        if (path.StartsWithSegments("/udf", StringComparison.Ordinal)) return ErrorShape.Udf;
        foreach (var route in Earlier)
            if (path.StartsWithSegments(route, StringComparison.Ordinal)) return ErrorShape.ErrorAndMessage;
        return ErrorShape.Problem;
    }
}
