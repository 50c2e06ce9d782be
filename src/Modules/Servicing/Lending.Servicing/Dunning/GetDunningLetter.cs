using FastEndpoints;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Papers;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Dunning;

/// <summary>Shows a dunning letter as it was written: its text as JSON, or a PDF file (`Accept`). Customers see their own.</summary>
/// <response code="200">The letter, in the form that `Accept` likes best.</response>
internal sealed class GetDunningLetter(ServicingDbContext db)
    : EndpointWithoutRequest<Results<Ok<GetDunningLetter.WrittenLetter>, PushStreamHttpResult, Problem>>
{
    /// <summary>A letter with its text.</summary>
    internal sealed record WrittenLetter
    {
        /// <summary>What is known of it.</summary>
        public required DunningLetterResponse Letter { get; init; }

        /// <summary>The language that it is written in.</summary>
        /// <example>de</example>
        public required string Language { get; init; }

        /// <summary>What it is about.</summary>
        public required string Title { get; init; }

        /// <summary>Its text, as it is in a mail: paragraphs with an empty line between.</summary>
        public required string Text { get; init; }
    }

    public override void Configure()
    {
        Get("dunning-letters/{id:guid}");
        Permissions(ServicingPermission.Read);
        Description(route => route.Produces<WrittenLetter>().Produces<Stream>(StatusCodes.Status200OK, PdfAnswer.ContentType));
        this.TellsOfPersons(nameof(DunningLetter));
    }

    public override async Task<Results<Ok<WrittenLetter>, PushStreamHttpResult, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        if (await db.DunningLetters.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } letter)
        {
            return Problem.NotFound;
        }
        var content = LetterContent.Parse(letter.Content.Text);
        if (HttpContext.WantsPdf())
        {
            return HttpContext.Pdf($"dunning-letter-{id}", PaperWording.For(content.Language), LetterPaper.Of(content));
        }
        return TypedResults.Ok(
            new WrittenLetter
            {
                Letter = letter.Adapt<DunningLetterResponse>(),
                Language = content.Language,
                Title = content.Title,
                Text = string.Join("\n\n", content.Salutation, content.Demand, content.Consequence, content.Help, content.Lender),
            }
        );
    }
}
