using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Repository = Lending.Host.Tests.Architecture.Repository;

namespace Lending.Host.Tests.Documentation;

/// <summary>Clients are generated from the API document, in C# by NSwag. (<c>tools/api-checks</c> does so in TypeScript.)</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_generated_client_compiles()
    {
        var document = await OpenApiDocument.FromFileAsync(Repository.PathOf("docs/openapi/v1.json"));
        var settings = new CSharpClientGeneratorSettings { CSharpGeneratorSettings = { JsonLibrary = CSharpJsonLibrary.SystemTextJson } };

        var client = new CSharpClientGenerator(document, settings).GenerateFile();

        client.ShouldContain("Task<OfferResponse> CreateOfferAsync(string idempotency_Key, OfferTerms body");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var result = CSharpCompilation
            .Create(
                "Client",
                [CSharpSyntaxTree.ParseText(client)],
                references,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            )
            .Emit(Stream.Null);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        result.Success.ShouldBeTrue();
    }
}
