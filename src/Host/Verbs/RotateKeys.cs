using Lending.Platform.Encryption;

namespace Lending.Host.Verbs;

/// <summary>Encrypts with the active key what earlier keys have encrypted, while the API runs, and ends.</summary>
internal static class RotateKeys
{
    public static async Task<int> ExecuteAsync(CancellationToken ct)
    {
        await using var host = await LendingHost.BuildAsync([], ct: ct);
        var (rows, unreadable, retired) = await host.App.Services.GetRequiredService<EncryptedRows>().RotateAsync(ct);
        Console.WriteLine($"{rows} rows were encrypted anew, with the key '{host.App.Services.GetRequiredService<KeyRing>().ActiveKey}'.");
        if (unreadable > 0)
        {
            await Console.Error.WriteLineAsync(
                $"{unreadable} rows cannot be decrypted and are as they were; the log names them. No key may go."
            );
            return 1;
        }
        Console.WriteLine(
            (rows, retired) switch
            {
                (> 0, _) =>
                    "Run it again when all instances have this key as Encryption__ActiveKey: it then says which keys nothing needs any more.",
                (_, []) => "Nothing is encrypted with any other key.",
                _ => $"Nothing needs these keys any more, you can take them out of Encryption__Keys: {string.Join(", ", retired)}.",
            }
        );
        return 0;
    }
}
