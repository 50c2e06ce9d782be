using System.Net.Http.Headers;
using System.Text;
using Lending.Testing;

namespace Lending.Documents.Tests;

/// <summary>A form with a file, written byte by byte, so that tests can also send what no client would.</summary>
/// <param name="Content">The file.</param>
/// <param name="FileName">Its name, as it stands in the form.</param>
public sealed record Upload(byte[] Content, string FileName)
{
    private const string Boundary = "----lending-test";

    /// <summary>The type that the file is sent with; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>What stands behind the name of the field: in the usual way, the name of the file.</summary>
    public string? Disposition { get; init; }

    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A document of a customer.</summary>
    public static Upload Of(Guid customerId, byte[]? content = null, string name = "payslip.pdf", string kind = "PAYSLIP") =>
        new Upload(content ?? PdfFile.Of("Payslip"), name).For(customerId, kind);

    /// <summary>The same file as a document of this customer.</summary>
    public Upload For(Guid customerId, string kind = "PAYSLIP") =>
        this with
        {
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["customerId"] = $"{customerId}", ["kind"] = kind },
        };

    /// <summary>The form's bytes.</summary>
    public byte[] ToBytes()
    {
        using var body = new MemoryStream();
        foreach (var (name, value) in Fields)
        {
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; {Disposition ?? $"filename=\"{FileName}\""}\r\n");
        Write(ContentType is null ? "\r\n" : $"Content-Type: {ContentType}\r\n\r\n");
        body.Write(Content);
        Write($"\r\n--{Boundary}--\r\n");
        return body.ToArray();

        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The media type of the form.</summary>
    public static string MediaType => $"multipart/form-data; boundary={Boundary}";
}

internal static class Uploads
{
    /// <summary>Sends a form, or whatever bytes are given instead of it.</summary>
    public static async Task<Answer> UploadAsync(
        this HttpClient client,
        Upload upload,
        byte[]? body = null,
        string? mediaType = null,
        string path = "/documents"
    )
    {
        using var content = new ByteArrayContent(body ?? upload.ToBytes());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType ?? Upload.MediaType);
        using var response = await client.PostAsync(new Uri($"/api/v1{path}", UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        LogWatch.OfThisRun.LearnFrom(null, text, isRefused: !response.IsSuccessStatusCode);
        return new Answer(
            response.StatusCode,
            text,
            response.Headers.ETag?.ToString(),
            response.Headers.Location,
            response.Content.Headers.ContentType?.MediaType
        );
    }

    /// <summary>Gets the file of a document, or a part of it.</summary>
    public static async Task<HttpResponseMessage> DownloadAsync(this HttpClient client, Guid id, string? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/documents/{id}/content");
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }
        return await client.SendAsync(request);
    }
}
