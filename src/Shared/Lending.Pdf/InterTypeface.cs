using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Lending.Pdf;

/// <summary>The typeface of all documents, read once from the assembly that carries it.</summary>
internal static class InterTypeface
{
    public static readonly TrueTypeFont Regular = Read("/Assets/Inter-Regular.ttf");

    public static readonly TrueTypeFont Bold = Read("/Assets/Inter-Bold.ttf");

    private static TrueTypeFont Read(string path)
    {
        using var stream = typeof(InterTypeface).Assembly.GetManifestResourceStream("Avalonia.Fonts.Inter.dll")!;
        using var assembly = new PEReader(stream);
        return new TrueTypeFont(FileIn(ResourceOf(assembly, "!AvaloniaResources"), path));
    }

    private static BlobReader ResourceOf(PEReader assembly, string name)
    {
        var metadata = assembly.GetMetadataReader();
        var resource = metadata
            .ManifestResources.Select(metadata.GetManifestResource)
            .Single(resource => metadata.StringComparer.Equals(resource.Name, name));
        var resources = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
        resources.Offset = (int)resource.Offset;
        resources.ReadInt32();
        return resources;
    }

    // The resource: length of the index, its version and number of entries, then path, offset behind the index and length of each file.
    private static byte[] FileIn(BlobReader resource, string path)
    {
        var indexLength = resource.ReadInt32();
        var files = resource.Offset + indexLength;
        if (resource.ReadInt32() != 2)
        {
            throw new InvalidDataException("The package with the fonts stores them in an unknown way.");
        }
        for (var entries = resource.ReadInt32(); entries > 0; entries--)
        {
            var found = resource.ReadSerializedString() == path;
            var offset = resource.ReadInt32();
            var length = resource.ReadInt32();
            if (found)
            {
                resource.Offset = files + offset;
                return resource.ReadBytes(length);
            }
        }
        throw new InvalidDataException($"The package with the fonts lacks {path}.");
    }
}
