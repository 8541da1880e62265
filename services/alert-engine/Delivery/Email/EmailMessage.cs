using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.AlertEngine.Delivery.Email;

internal static class EmailMessage
{
    private const int SubjectLimit = 200;

    public static MailMessage Of(string from, IReadOnlyList<string> to, IReadOnlyList<OutgoingAlert> messages)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(from),
            Subject = AlertText.Cut(OneLine(messages.Count == 1 ? AlertText.Title(messages[0]) : AlertText.DigestTitle(messages)), SubjectLimit),
            Body = messages.Count == 1 ? One(messages[0]) : string.Join('\n', messages.Select(AlertText.Line)),
        };
        foreach (var address in to) mail.To.Add(address);
        mail.Headers.Add("Message-ID", $"<{IdOf(messages)}@cryptoscreener>");
        return mail;
    }

    // Stable over all attempts, so that a mail system drops what it already has. A digest's is made of all it holds: under the id of one
    // of them, a later one with others in it would be dropped too.
    private static string IdOf(IReadOnlyList<OutgoingAlert> messages) => messages.Count == 1
        ? messages[0].Id
        : $"digest_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', messages.Select(message => message.Id)))).AsSpan(0, 16))}";

    private static string One(OutgoingAlert message) => string.Join('\n',
    [
        AlertText.Summary(message), "",
        $"price: {AlertText.Number(message.Alert.Price)}",
        .. AlertText.Numbers(message.Alert).Select(number => $"{number.Name}: {number.Value}"), "",
        $"{message.Alert.Exchange}:{message.Alert.Symbol}, {AlertText.Time(message.Alert)}",
    ]);

    private static string OneLine(string text) => text.ReplaceLineEndings(" "); // a line break would begin another header
}
