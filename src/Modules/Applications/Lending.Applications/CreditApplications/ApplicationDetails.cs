using FastEndpoints;
using FluentValidation;
using Lending.Applications.Scoring;
using Lending.Loans.Amortization;
using Lending.Platform.Http;

namespace Lending.Applications.CreditApplications;

/// <summary>What applicants say. All of it can be missing in a draft; what has to be there is checked when it is submitted.</summary>
internal sealed record ApplicationDetails : IPatchable
{
    /// <summary>The offer that it is about, if there is one already.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid? OfferId { get; init; }

    /// <summary>
    /// A second customer, who applies together with the first one: both incomes count for the household. The loan is owed by the offer's customer alone: where offers
    /// need an approved application, one passes only if that one's income carries it.
    /// </summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a11</example>
    public required Guid? SecondCustomerId { get; init; }

    /// <summary>What is to be borrowed, in the organisation's currency.</summary>
    /// <example>25000.00</example>
    public required decimal? LoanAmount { get; init; }

    /// <summary>The nominal annual interest rate in percent.</summary>
    /// <example>5.9</example>
    public required decimal? AnnualRatePercent { get; init; }

    /// <summary>The number of monthly instalments.</summary>
    /// <example>120</example>
    public required int? TermMonths { get; init; }

    /// <summary>How much of the price is paid without a loan, in percent; left out: nothing.</summary>
    /// <example>10</example>
    public required decimal? OwnSharePercent { get; init; }

    /// <summary>Adults of the household, applicants among them.</summary>
    /// <example>1</example>
    public required int? Adults { get; init; }

    /// <summary>Children of the household; left out: none.</summary>
    /// <example>0</example>
    public required int? Children { get; init; }

    /// <summary>Cars of the household; left out: none.</summary>
    /// <example>1</example>
    public required int? Cars { get; init; }

    /// <summary>What living costs in a month by their own word, without housing, instalments and cars.</summary>
    public required Figure? LivingExpenses { get; init; }

    /// <summary>Rent, or what a home of one's own costs in a month.</summary>
    public required Figure? Housing { get; init; }

    /// <summary>Instalments of other loans in a month.</summary>
    public required Figure? ExistingInstalments { get; init; }

    /// <summary>The customer who applies.</summary>
    public required ApplicantDetails? First { get; init; }

    /// <summary>The second one.</summary>
    public required ApplicantDetails? Second { get; init; }

    public static ApplicationDetails Empty { get; } =
        new()
        {
            OfferId = null,
            SecondCustomerId = null,
            LoanAmount = null,
            AnnualRatePercent = null,
            TermMonths = null,
            OwnSharePercent = null,
            Adults = null,
            Children = null,
            Cars = null,
            LivingExpenses = null,
            Housing = null,
            ExistingInstalments = null,
            First = null,
            Second = null,
        };

    /// <summary>What a draft may say.</summary>
    internal sealed class Validator : Validator<ApplicationDetails>
    {
        public const int MostPeople = 20;

        public Validator()
        {
            RuleFor(details => details.LoanAmount).InclusiveBetween(LoanLimits.MinimumAmount, LoanLimits.MaximumAmount);
            RuleFor(details => details.AnnualRatePercent)
                .InclusiveBetween(0, LoanLimits.MaximumAnnualRatePercent)
                .MustHaveAtMostDecimals(LoanLimits.AnnualRateScale);
            RuleFor(details => details.TermMonths).InclusiveBetween(LoanLimits.MinimumTermMonths, LoanLimits.MaximumTermMonths);
            RuleFor(details => details.OwnSharePercent).InclusiveBetween(0, 100).MustHaveAtMostDecimals(2);
            RuleFor(details => details.Adults).InclusiveBetween(1, MostPeople);
            RuleFor(details => details.Children).InclusiveBetween(0, MostPeople);
            RuleFor(details => details.Cars).InclusiveBetween(0, MostPeople);
            RuleFor(details => details.LivingExpenses!)
                .SetValidator(new Figure.Rules())
                .When(details => details.LivingExpenses is not null);
            RuleFor(details => details.Housing!).SetValidator(new Figure.Rules()).When(details => details.Housing is not null);
            RuleFor(details => details.ExistingInstalments!)
                .SetValidator(new Figure.Rules())
                .When(details => details.ExistingInstalments is not null);
            RuleFor(details => details.First!).SetValidator(new ApplicantDetails.Rules()).When(details => details.First is not null);
            RuleFor(details => details.Second!).SetValidator(new ApplicantDetails.Rules()).When(details => details.Second is not null);
        }
    }

    /// <summary>What has to be there to decide on it.</summary>
    internal sealed class CompleteRules : AbstractValidator<ApplicationDetails>
    {
        public CompleteRules()
        {
            RuleFor(details => details.LoanAmount).NotNull();
            RuleFor(details => details.AnnualRatePercent).NotNull();
            RuleFor(details => details.TermMonths).NotNull();
            RuleFor(details => details.Adults).NotNull();
            RuleFor(details => details.Housing!.Amount).NotNull().When(details => details.Housing is not null);
            RuleFor(details => details.Housing).NotNull();
            RuleFor(details => details.First).NotNull();
            RuleFor(details => details.First!)
                .SetValidator(new ApplicantDetails.CompleteRules())
                .When(details => details.First is not null);
            RuleFor(details => details.Second).NotNull().When(details => details.SecondCustomerId is not null);
            RuleFor(details => details.Second).Null().When(details => details.SecondCustomerId is null);
            RuleFor(details => details.Second!)
                .SetValidator(new ApplicantDetails.CompleteRules())
                .When(details => details.Second is not null);
        }
    }
}

/// <summary>One who applies.</summary>
internal sealed record ApplicantDetails : IPatchable
{
    /// <summary>What the income comes from.</summary>
    /// <example>PERMANENT</example>
    public required Employment? Employment { get; init; }

    /// <summary>For how many months.</summary>
    /// <example>60</example>
    public required int? EmploymentMonths { get; init; }

    /// <summary>Payments that failed in the last 12 months; left out: none.</summary>
    /// <example>0</example>
    public required int? Arrears { get; init; }

    /// <summary>The net income in a month.</summary>
    public required Figure? NetIncome { get; init; }

    internal sealed class Rules : AbstractValidator<ApplicantDetails>
    {
        private const int MostMonths = 900;
        private const int MostArrears = 1_000;

        public Rules()
        {
            RuleFor(applicant => applicant.EmploymentMonths).InclusiveBetween(0, MostMonths);
            RuleFor(applicant => applicant.Arrears).InclusiveBetween(0, MostArrears);
            RuleFor(applicant => applicant.NetIncome!).SetValidator(new Figure.Rules()).When(applicant => applicant.NetIncome is not null);
        }
    }

    internal sealed class CompleteRules : AbstractValidator<ApplicantDetails>
    {
        public CompleteRules()
        {
            RuleFor(applicant => applicant.Employment).NotNull();
            RuleFor(applicant => applicant.EmploymentMonths).NotNull();
            RuleFor(applicant => applicant.NetIncome).NotNull();
            RuleFor(applicant => applicant.NetIncome!.Amount).NotNull().When(applicant => applicant.NetIncome is not null);
        }
    }
}

/// <summary>An amount in a month, and how it is known.</summary>
internal sealed record Figure : IPatchable
{
    /// <summary>The amount.</summary>
    /// <example>3200.00</example>
    public required decimal? Amount { get; init; }

    /// <summary>How it is known; left out: by the applicants' word.</summary>
    /// <example>PAYSLIP</example>
    public required FigureSource? Source { get; init; }

    /// <summary>
    /// What proves it, where it was not sent as a document: a paper that lies elsewhere. It counts where the organisation names it, and until the customer changes the
    /// figure; what customers write here proves nothing.
    /// </summary>
    /// <example>payslip-2026-10.pdf</example>
    public required string? Evidence { get; init; }

    /// <summary>The document that proves it, as soon as somebody has approved it: of one who applies, and not found not to count.</summary>
    /// <example>0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a12</example>
    public required Guid? DocumentId { get; init; }

    internal sealed class Rules : AbstractValidator<Figure>
    {
        private const int LongestEvidence = 200;

        public Rules()
        {
            RuleFor(figure => figure.Amount).InclusiveBetween(0, LoanLimits.MaximumAmount);
            RuleFor(figure => figure.Evidence).MaximumLength(LongestEvidence);
        }
    }
}

/// <summary>How an amount is known.</summary>
internal enum FigureSource
{
    /// <summary>Somebody said so.</summary>
    Stated,

    /// <summary>By a payslip.</summary>
    Payslip,

    /// <summary>By a statement of a bank account.</summary>
    BankStatement,

    /// <summary>By what the tax office wrote.</summary>
    TaxAssessment,

    /// <summary>By a contract, such as of rent or of a loan.</summary>
    Contract,

    /// <summary>By a notice of a pension.</summary>
    PensionNotice,
}
