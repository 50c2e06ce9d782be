namespace Lending.Host.Tests.Architecture;

/// <summary>The checkout that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lending.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside a checkout.");
        }
        return folder.FullName;
    }
}
