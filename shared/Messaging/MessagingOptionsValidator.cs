using Microsoft.Extensions.Options;

namespace CryptoScreener.Messaging;

[OptionsValidator]
internal sealed partial class MessagingOptionsValidator : IValidateOptions<MessagingOptions>;
