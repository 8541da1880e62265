namespace CryptoScreener.AlertEngine.Delivery.Templates;

/// <summary>A template that cannot be used; the message is for its author.</summary>
internal sealed class TemplateException(string message) : Exception(message);
