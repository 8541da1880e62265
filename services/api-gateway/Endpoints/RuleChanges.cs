using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Tells the engines that rules or silences have changed (a hint: they look into the database anyway), and the audit log who did it.</summary>
internal sealed class RuleChanges(CorePublisher publisher, AuditTrail audit)
{
    public async Task TellAsync(Account account, string action, string id, object? before, object? after)
    {
        await publisher.PublishAsync(Subjects.RulesChanged, default, CancellationToken.None);
        await audit.NoteAsync(account, action, id, before, after);
    }
}
