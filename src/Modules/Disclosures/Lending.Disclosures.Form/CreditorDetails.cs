namespace Lending.Disclosures.Form;

/// <summary>What the form says of the creditor and of its agreements, whatever the offer. What is null does not apply, and its row vanishes.</summary>
public sealed record CreditorDetails
{
    /// <summary>The postal address, in lines.</summary>
    /// <example>Lichtstraße 1, 10115 Berlin</example>
    public required string Address { get; init; }

    /// <summary>The telephone number.</summary>
    /// <example>+49 30 1234567</example>
    public required string Phone { get; init; }

    /// <summary>The e-mail address.</summary>
    /// <example>credit@example.org</example>
    public required string Email { get; init; }

    /// <summary>The address on the web.</summary>
    /// <example>https://example.org</example>
    public string? Website { get; init; }

    /// <summary>The register that it stands in, and its number there.</summary>
    /// <example>Amtsgericht Charlottenburg, HRB 12345</example>
    public string? Register { get; init; }

    /// <summary>The authority that supervises it.</summary>
    /// <example>Bundesanstalt für Finanzdienstleistungsaufsicht, Graurheindorfer Straße 108, 53117 Bonn</example>
    public string? Supervisor { get; init; }

    /// <summary>Who represents it in the customer's country.</summary>
    /// <example>Sonne Vertretung GmbH, Berlin</example>
    public string? Representative { get; init; }

    /// <summary>The intermediary through whom its credits come about.</summary>
    public IntermediaryDetails? Intermediary { get; init; }

    /// <summary>By how many percentage points the rate for late payments lies above the base rate.</summary>
    /// <example>5</example>
    public required decimal LateRatePointsAboveBaseRate { get; init; }

    /// <summary>What it charges for late payments beside interest.</summary>
    /// <example>2.50 for each reminder</example>
    public string? DefaultCharges { get; init; }

    /// <summary>Whether it asks for the compensation that the law permits when a credit is repaid early.</summary>
    /// <example>true</example>
    public required bool AsksForCompensation { get; init; }

    /// <summary>Whether prices are personalised by automated processing.</summary>
    /// <example>false</example>
    public required bool PersonalisesPrices { get; init; }

    /// <summary>Whether another way of drawing the credit down can have a higher annual percentage rate of charge.</summary>
    /// <example>false</example>
    public required bool HasDearerDrawdowns { get; init; }

    /// <summary>Whether payments first build up capital and do not repay the credit at once.</summary>
    /// <example>false</example>
    public required bool RepaysByCapital { get; init; }

    /// <summary>An insurance or another contract without which there is no credit, or none on these terms.</summary>
    /// <example>Insurance of the photovoltaic system</example>
    public string? AncillaryServices { get; init; }

    /// <summary>Charges for accounts and means of payment, and when charges can change.</summary>
    /// <example>No charge for payments by direct debit</example>
    public string? AccountCharges { get; init; }

    /// <summary>Costs that are paid to a notary.</summary>
    /// <example>About 100 euros for the certification of signatures</example>
    public string? NotaryCosts { get; init; }

    /// <summary>Who hears complaints out of court, and how to get there.</summary>
    /// <example>Schlichtungsstelle bei der Deutschen Bundesbank, Postfach 10 06 02, 60006 Frankfurt am Main</example>
    public required string Redress { get; init; }

    /// <summary>The law that holds before and in the agreement, and the court that is agreed on.</summary>
    /// <example>German law; the courts at your place of residence</example>
    public string? LawAndCourt { get; init; }
}

/// <summary>An intermediary.</summary>
public sealed record IntermediaryDetails
{
    /// <summary>What it is called.</summary>
    /// <example>Dachwerk Solar GmbH</example>
    public required string Name { get; init; }

    /// <summary>The postal address, in lines.</summary>
    /// <example>Am Hang 2, 14467 Potsdam</example>
    public required string Address { get; init; }

    /// <summary>The telephone number.</summary>
    /// <example>+49 331 7654321</example>
    public required string Phone { get; init; }

    /// <summary>The e-mail address.</summary>
    /// <example>info@example.com</example>
    public required string Email { get; init; }

    /// <summary>The address on the web.</summary>
    /// <example>https://example.com</example>
    public string? Website { get; init; }
}
