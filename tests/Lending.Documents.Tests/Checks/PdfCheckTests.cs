using Lending.Documents.Checks;
using Lending.Testing;

namespace Lending.Documents.Tests.Checks;

/// <summary>What a PDF must not have, however it is written.</summary>
public sealed class PdfCheckTests
{
    [Theory]
    [InlineData("/OpenAction << /S /Java#53cript /J#53 (app.alert(1)) >>", "")]
    [InlineData("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>", "")]
    [InlineData("/Names << /Java#53cript << /Names [(a) << /S /URI >>] >> >>", "")]
    [InlineData("", "/AA << /O << /S /L#61unch /F (calc.exe) >> >>")]
    [InlineData("", "/Annots [<< /Subtype /RichMedi#61 >>]")]
    [InlineData("/AcroForm << /Fields [] /XFA [(form) 4 0 R] >>", "")]
    [InlineData("/OpenAction << /S /GoToR /F (//host/share/a.pdf) /D [0 /Fit] >>", "")]
    [InlineData("", "/AA << /O << /S /SubmitForm /F (https://example.org) >> >>")]
    [InlineData("/Names << /Embedded#46iles << /Names [] >> >>", "")]
    public void Scripts_programs_and_files_are_found(string catalogue, string page) =>
        PdfCheck.FindObstacle(PdfFile.Of("Payslip", catalogue, page))!.Code.ShouldBe("pdf-active-content");

    [Fact]
    public void They_are_found_in_objects_that_no_table_names()
    {
        var file = PdfFile.Of("Payslip");
        byte[] hidden = [.. file.AsSpan(0, file.Length - 6), .. "9 0 obj << /S /Launch >> endobj\n%%EOF\n"u8];

        PdfCheck.FindObstacle(hidden)!.Code.ShouldBe("pdf-active-content");
    }

    // Links, dates and forms without scripts are what statements and payslips have.
    [Theory]
    [InlineData("/OpenAction [3 0 R /Fit]", "")]
    [InlineData("/AcroForm << /Fields [] >>", "/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]")]
    [InlineData("/Metadata 5 0 R /Lang (de-DE)", "/Rotate 90")]
    public void What_documents_usually_have_is_taken(string catalogue, string page) =>
        PdfCheck
            .FindObstacle(PdfFile.Of("Payslip", catalogue, page, "<< /Type /Metadata /Subtype /XML /Length 1 >>\nstream\nx\nendstream"))
            .ShouldBeNull();

    [Fact]
    public void Packed_objects_are_taken_as_long_as_they_do_nothing() =>
        // The script is there, and counts although nothing starts it.
        PdfCheck.FindObstacle(PdfFile.Packed(""))!.Code.ShouldBe("pdf-active-content");
}
