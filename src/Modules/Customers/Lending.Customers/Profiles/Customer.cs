using System.ComponentModel.DataAnnotations;
using Lending.Kernel;
using Lending.Platform.Encryption;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Customers.Profiles;

/// <summary>A person whom the organisation may lend to.</summary>
internal sealed class Customer : ITenantOwned
{
    private Customer() { }

    public Guid Id { get; private set; }
    public Guid OrganizationId { get; private set; }

    [MaxLength(CustomerFields.MaximumNameLength)]
    [Personal]
    public string FirstName { get; private set; } = "";

    [MaxLength(CustomerFields.MaximumNameLength)]
    [Personal]
    public string LastName { get; private set; } = "";

    [MaxLength(CustomerFields.MaximumEmailLength)]
    [Personal]
    public Encrypted Email { get; private set; } = "";

    [Personal]
    public Encrypted PhoneNumber { get; private set; } = "";

    [MaxLength(CustomerFields.MaximumAddressLineLength)]
    [Personal]
    public Encrypted AddressLine1 { get; private set; } = "";

    [MaxLength(CustomerFields.MaximumAddressLineLength)]
    [Personal]
    public Encrypted? AddressLine2 { get; private set; }

    [MaxLength(CustomerFields.MaximumCityLength)]
    [Personal]
    public string City { get; private set; } = "";

    [MaxLength(CustomerFields.MaximumStateLength)]
    [Personal]
    public string? State { get; private set; }

    [MaxLength(CustomerFields.MaximumPostalCodeLength)]
    [Personal]
    public string PostalCode { get; private set; } = "";

    [Personal]
    public string Country { get; private set; } = "";

    /// <summary>The language of messages to the customer; null for the organisation's.</summary>
    [MaxLength(CustomerFields.MaximumLanguageLength)]
    [Personal]
    public string? Language { get; private set; }

    /// <summary>The user who looks after the customer; nobody after a registration, until somebody is named.</summary>
    public Guid? InstallerId { get; private set; }
    public UserReference CreatedBy { get; private set; } = null!;
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>PostgreSQL's <c>xmin</c>: another one after every change.</summary>
    public uint RowVersion { get; private set; }

    /// <summary>What a client has written, in the form in which it is kept.</summary>
    public CustomerDetails Details =>
        new()
        {
            FirstName = FirstName,
            LastName = LastName,
            Email = Email.Text,
            PhoneNumber = PhoneNumber.Text,
            AddressLine1 = AddressLine1.Text,
            AddressLine2 = AddressLine2?.Text,
            City = City,
            State = State,
            PostalCode = PostalCode,
            Country = Country,
            Language = Language,
        };

    public static Customer Create(CustomerFields details, UserReference createdBy, DateTimeOffset now)
    {
        var customer = new Customer
        {
            Id = Guid.CreateVersion7(now),
            CreatedBy = createdBy,
            CreatedAt = now,
        };
        customer.Update(details, now);
        return customer;
    }

    /// <summary>Takes over details that <see cref="CustomerFields.Rules"/> have passed; the same ones change nothing.</summary>
    public void Update(CustomerFields details, DateTimeOffset now)
    {
        var before = Details;
        FirstName = details.FirstName.Trim();
        LastName = details.LastName.Trim();
        Email = details.Email.Trim();
        PhoneNumber =
            Profiles.PhoneNumber.Normalize(details.PhoneNumber) ?? throw new ArgumentException("Not a phone number.", nameof(details));
        AddressLine1 = details.AddressLine1.Trim();
        AddressLine2 = TrimOptional(details.AddressLine2);
        City = details.City.Trim();
        State = TrimOptional(details.State);
        PostalCode = details.PostalCode.Trim();
        Country = details.Country.Trim().ToUpperInvariant();
        Language = TrimOptional(details.Language);
        if (Details != before)
        {
            UpdatedAt = now;
        }
    }

    /// <summary>Gives the customer to another user of the organisation to look after.</summary>
    public void GiveTo(Guid installerId, DateTimeOffset now)
    {
        if (InstallerId != installerId)
        {
            (InstallerId, UpdatedAt) = (installerId, now);
        }
    }

    public static string FullNameOf(string firstName, string lastName) => $"{firstName} {lastName}";

    /// <summary>The address in one line, without the parts that are empty.</summary>
    public static string FullAddressOf(string line1, string? line2, string city, string? state, string postalCode, string country) =>
        string.Join(", ", new[] { line1, line2, city, state, postalCode, country }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The address in lines, without the parts that are empty.</summary>
    public static string PostalAddressOf(string line1, string? line2, string city, string? state, string postalCode, string country) =>
        string.Join('\n', new[] { line1, line2, $"{postalCode} {city}", state, country }.Where(line => !string.IsNullOrEmpty(line)));

    private static string? TrimOptional(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
