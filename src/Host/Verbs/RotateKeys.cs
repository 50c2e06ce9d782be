using Lending.Platform.Encryption;

namespace Lending.Host.Verbs;

/// <summary>Encrypts with the active key what earlier keys have encrypted, while the API runs, and ends.</summary>
internal static class RotateKeys
{
    public static async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        var (rows, retired) = await host.App.Services.GetRequiredService<EncryptedRows>().RotateAsync(ct);
        Console.WriteLine($"{rows} rows were encrypted anew, with the key '{host.App.Services.GetRequiredService<KeyRing>().ActiveKey}'.");
        Console.WriteLine(
            retired.Count == 0
                ? "Nothing is encrypted with any other key."
                : $"Nothing needs these keys any more, you can take them out of Encryption__Keys: {string.Join(", ", retired)}."
        );
        return 0;
    }
}
