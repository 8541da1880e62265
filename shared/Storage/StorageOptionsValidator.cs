using Microsoft.Extensions.Options;

namespace CryptoScreener.Storage;

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
