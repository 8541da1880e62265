using Microsoft.AspNetCore.Http;

namespace CryptoScreener.Hosting.Operations;

/// <summary>Something a worker answers beside metrics and health, for its operators only. Register it as a singleton.</summary>
public sealed record OperationsRoute(string Path, RequestDelegate Answer);
