using System.Net.Mail;

namespace CryptoScreener.AlertEngine.Delivery.Email;

internal static class EmailMessage
{
    private const int SubjectLimit = 200;

    public static MailMessage Of(string from, IReadOnlyList<string> to, IReadOnlyList<OutgoingAlert> messages)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(from),
            Subject = AlertText.Cut(OneLine(messages.Count == 1 ? AlertText.Title(messages[0]) : $"{messages.Count} alerts"), SubjectLimit),
            Body = messages.Count == 1 ? One(messages[0]) : string.Join('\n', messages.Select(AlertText.Line)),
        };
        foreach (var address in to) mail.To.Add(address);
        // Stable over all attempts, so that a mail system drops what it already has.
        mail.Headers.Add("Message-ID", $"<{messages[0].Id}@cryptoscreener>");
        return mail;
    }

    private static string One(OutgoingAlert message) => string.Join('\n',
    [
        AlertText.Summary(message), "",
        $"price: {AlertText.Number(message.Alert.Price)}",
        .. AlertText.Numbers(message.Alert).Select(number => $"{number.Name}: {number.Value}"), "",
        $"{message.Alert.Exchange}:{message.Alert.Symbol}, {AlertText.Time(message.Alert)}",
    ]);

    private static string OneLine(string text) => text.ReplaceLineEndings(" "); // a line break would begin another header
}
