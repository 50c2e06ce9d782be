using System.Text.Json;
using Lending.Platform.Encryption;

namespace Lending.Host;

/// <summary>
/// A file of configuration that holds nothing but the keys of what is stored encrypted; setting <c>Encryption__File</c>. Development, where no keys are set,
/// makes one and keeps it: without it, its data could not be read any more.
/// </summary>
internal static class KeyFile
{
    private const string Setting = $"{EncryptionOptions.Section}:File";

    public static void AddKeyFile(this WebApplicationBuilder builder, string ownFile)
    {
        var configuration = builder.Configuration;
        if (
            configuration[Setting] is null
            && builder.Environment.IsDevelopment()
            && !configuration.GetSection($"{EncryptionOptions.Section}:{nameof(EncryptionOptions.Keys)}").GetChildren().Any()
        )
        {
            configuration[Setting] = ownFile;
            MakeIfMissing(ownFile);
        }
        if (configuration[Setting] is { Length: > 0 } file)
        {
            // What is set anywhere else wins over it.
            configuration.AddInMemoryCollection(Read(Path.GetFullPath(file)).Where(setting => configuration[setting.Key] is null).ToList());
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Read(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: false).Build().AsEnumerable();
        }
        catch (InvalidDataException malformed)
        {
            throw new InvalidOperationException(
                $"{Setting.Replace(":", "__", StringComparison.Ordinal)}: {path} is not JSON of the form {{\"Encryption\": {{\"Keys\": {{\"first\": \"…\"}}, \"SearchKey\": \"…\"}}}}",
                malformed
            );
        }
    }

    private static void MakeIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Whole under its name or not at all: another process may start at the same moment.
        var draft = $"{path}.{Path.GetRandomFileName()}";
        var own = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new FileStream(draft, own))
        {
            JsonSerializer.Serialize(
                file,
                new { Encryption = new { Keys = new { development = EncryptionOptions.NewKey() }, SearchKey = EncryptionOptions.NewKey() } }
            );
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
