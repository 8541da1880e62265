using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Alerts;

/// <summary>Acknowledgements on their way to ALERTS. The database is where they are given, so whoever falls right after loses none.</summary>
public sealed class AcknowledgementStore
{
    private readonly Database _database;

    internal AcknowledgementStore(Database database) => _database = database;

    /// <summary>Acknowledged alerts of which the stream does not know yet, the oldest acknowledgement first.</summary>
    public Task<List<StoredAlert>> UnsaidAsync(int limit, CancellationToken stop = default) =>
        _database.RunAsync("unsaid_acknowledgements", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT {AlertStore.Columns} FROM alerts WHERE acknowledged_at IS NOT NULL AND NOT acknowledgement_said
                ORDER BY acknowledged_at LIMIT $1
                """).With(limit);
            return await command.ToListAsync(AlertStore.Read, stop);
        }, stop);

    public Task SaidAsync(IEnumerable<string> alerts, CancellationToken stop = default) =>
        _database.RunAsync("said_acknowledgements", async connection =>
        {
            await using var command = connection.Sql("UPDATE alerts SET acknowledgement_said = true WHERE id = ANY ($1)").With(alerts.ToArray());
            await command.ExecuteNonQueryAsync(stop);
        }, stop);
}
