using System.Text.Json;
using CryptoScreener.Storage.Access;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>Notes who changed what. What has been changed stays changed when the note cannot be written; the log says so then.</summary>
internal sealed partial class AuditTrail(AuditLog log, ILogger<AuditTrail> logger)
{
    /// <param name="before">Without secrets; null for what is new.</param>
    /// <param name="after">Without secrets; null for what is gone.</param>
    public async Task NoteAsync(Account actor, string action, string subject, object? before = null, object? after = null)
    {
        try
        {
            await log.AddAsync(actor.Subject, action, subject, Text(before), Text(after), CancellationToken.None);
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e))
        {
            LogLost(actor.Subject, action, subject, e);
        }
    }

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Endpoints.ApiJson.Options);

    [LoggerMessage(7023, LogLevel.Error, "{Actor} did {Action} on {Subject}; the audit log could not be written")]
    private partial void LogLost(string actor, string action, string subject, Exception error);
}
