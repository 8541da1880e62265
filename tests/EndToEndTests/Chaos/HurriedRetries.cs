using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>Retries wait for minutes and hours; whether they come is what matters here.</summary>
internal static class HurriedRetries
{
    public static async Task HurryAsync(Database database)
    {
        try
        {
            await database.RunAsync("hurry", async connection =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "UPDATE deliveries SET due_at = now() WHERE state = 0 AND due_at > now() + interval '1 second' AND claim_id IS NULL";
                return await command.ExecuteNonQueryAsync();
            }, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // our own connections were cut too
        }
    }
}
