using Lending.Platform.Encryption;

namespace Lending.Testing;

/// <summary>The keys of this test process for what is stored encrypted, so that its hosts can share a database.</summary>
public static class TestKeys
{
    /// <summary>The key, whose name is <c>first</c>.</summary>
    public static string First { get; } = EncryptionOptions.NewKey();

    /// <summary>The key of searched hashes.</summary>
    public static string Search { get; } = EncryptionOptions.NewKey();
}
