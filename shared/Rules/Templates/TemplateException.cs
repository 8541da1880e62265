namespace CryptoScreener.Rules.Templates;

/// <summary>A template that cannot be used; the message is for its author and says where.</summary>
/// <param name="position">Zero-based, in the template.</param>
/// <param name="reason">What is wrong there.</param>
public sealed class TemplateException(int position, string reason) : Exception($"at {position + 1}: {reason}")
{
    public int Position => position;
}
