using System.IO.Compression;
using System.Text.Json;
using FastEndpoints;
using FluentValidation;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lending.Customers.Profiles;

/// <summary>Gives a copy of everything that is stored about a customer (GDPR, Art. 15 and 20). Customers get their own.</summary>
/// <remarks>
/// `format=ZIP` answers a ZIP file with the copy as `customer.json` and all documents. What lets somebody in, such as hashes of passwords, is not in it.
/// Customers see of offers what they see elsewhere; to administrators, the copy also tells what was noted internally.
/// </remarks>
/// <response code="200">The copy: JSON, or a ZIP file where `format` asks for one.</response>
internal sealed class ExportCustomer(
    CustomersDbContext db,
    IEnumerable<ICustomerRecords> records,
    IOptions<JsonOptions> json,
    OrganizationClock clock
) : Endpoint<ExportCustomer.Request, Results<Ok<ExportCustomer.Copy>, FileContentHttpResult, Problem>>
{
    /// <summary>In which form the copy is answered.</summary>
    internal enum Format
    {
        /// <summary>JSON, without documents.</summary>
        Json,

        /// <summary>A ZIP file: the JSON and the documents.</summary>
        Zip,
    }

    internal sealed record Request
    {
        /// <summary>`JSON` (also where it is left out) or `ZIP`.</summary>
        public Format? Format { get; init; }

        /// <summary>The languages that the reader likes the documents in, as browsers send them: en (also where none is had) or de.</summary>
        [FromHeader("Accept-Language", isRequired: false)]
        public string? AcceptLanguage { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => RuleFor(request => request.Format).IsInEnum();
    }

    internal sealed record Copy
    {
        /// <summary>When the copy was made.</summary>
        /// <example>2026-11-20T09:30:00.123456Z</example>
        public required DateTimeOffset ExportedAt { get; init; }

        /// <summary>The customer's profile.</summary>
        public required CustomerResponse Profile { get; init; }

        /// <summary>What else is stored, by what it is: `account`, `loanOffers`, `messages`; left out is what there is nothing of.</summary>
        public required IReadOnlyDictionary<string, object> Records { get; init; }
    }

    public override void Configure()
    {
        Get("customers/{id:guid}/export");
        Permissions(CustomersPermission.CustomersExport);
        this.NeedsStepUp();
        Description(route => route.Produces<Copy>().Produces<Stream>(StatusCodes.Status200OK, "application/zip"));
    }

    public override async Task<Results<Ok<Copy>, FileContentHttpResult, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        // As an entity: what is encrypted in it is decrypted with it.
        if (await db.Customers.AsNoTracking().SingleOrDefaultAsync(customer => customer.Id == id, ct) is not { } customer)
        {
            return Problem.NotFound;
        }
        db.Note(AuditAction.Export, nameof(Customer), id, id);
        await db.SaveChangesAsync(ct);
        var found = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var source in records)
        {
            if (await source.ReadAsync(id, ct) is { } stored)
            {
                found.Add(source.Name, stored);
            }
        }
        var copy = new Copy
        {
            ExportedAt = clock.GetUtcNow(),
            Profile = customer.Adapt<CustomerResponse>(),
            Records = found,
        };
        return request.Format == Format.Zip
            ? TypedResults.Bytes(await ZipAsync(copy, request.AcceptLanguage, ct), "application/zip", $"customer-{id}.zip")
            : TypedResults.Ok(copy);
    }

    private async Task<byte[]> ZipAsync(Copy copy, string? acceptLanguage, CancellationToken ct)
    {
        // In memory: the library writes to the answer in a way that the server refuses, and a customer's documents are small.
        using var file = new MemoryStream();
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await AddAsync(zip, "customer.json", JsonSerializer.SerializeToUtf8Bytes(copy, json.Value.SerializerOptions), ct);
            foreach (var source in records)
            {
                await foreach (var document in source.ReadFilesAsync(copy.Profile.Id, acceptLanguage, ct))
                {
                    await AddAsync(zip, document.Name, document.Content, ct);
                }
            }
        }
        return file.ToArray();
    }

    private static async Task AddAsync(ZipArchive zip, string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(ct);
        await entry.WriteAsync(content, ct);
    }
}
