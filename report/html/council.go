package html

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"html/template"
	"image/png"
	"io"
	"strings"

	"gonum.org/v1/plot/vg"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

// The pages of one council that go to committee: what they say is [report.ForCommittee].

//go:embed council.tmpl
var councilText string

var councilTemplate = template.Must(template.New("council").Parse(councilText))

// committee is the pages of a council as their template writes them.
type committee struct {
	Council, Title, About, Heading, Decision string
	Style                                    template.CSS
	Together, Contract, Years                template.HTML
	Pictures                                 []picture
	Uses, OfAll                              []string
	Made                                     *made
}

// picture is a chart as a PNG inside the page, which a word processor takes as a picture.
type picture struct {
	Alt        string
	PNG        template.URL
	Wide, High int // in pixels of a word processor, in which the picture is as wide as the text of A4
}

// inCells gives cells of tables their alignment and weight, because a word processor keeps
// what stands in a cell and forgets the style sheet.
var inCells = strings.NewReplacer(
	`<td>`, `<td style="text-align:right">`,
	`<th scope="col">`, `<th scope="col" style="text-align:right">`,
	`<th scope="col" class="words">`, `<th scope="col" class="words" style="text-align:left">`,
	`<tr class="part"><th scope="row" class="words">`, `<tr class="part"><th scope="row" class="words" style="text-align:left;font-weight:400">`,
	`<th scope="row" class="words">`, `<th scope="row" class="words" style="text-align:left">`,
)

// forPasting are tables as a piece of the page from which a word processor takes them.
func forPasting(tables ...report.Table) (template.HTML, error) {
	text, err := tablesAsHTML(tables, nil)
	return template.HTML(inCells.Replace(string(text))), err
}

// forA4 is a picture of the usual size laid out low and wide, for a page of A4 that has tables too.
func forA4(f *plot.Figure) *plot.Figure {
	if f == nil || f.Width != 0 || f.Height != 0 {
		return f
	}
	small := *f
	small.Width, small.Height = 8*vg.Inch, 2.65*vg.Inch
	return &small
}

// writeCouncil writes the pages of the council.
func (p Page) writeCouncil(to io.Writer) error {
	paper, err := report.ForCommittee(p.Council, p.Written, p.Comparison.Results...)
	if err != nil {
		return err
	}
	programme := p.Result.Version.Programme
	c := committee{
		Council: words.Printable(p.Council), Title: words.Printable(paper.Title), Heading: paper.Heading, Decision: words.Printable(paper.Decision),
		About: words.Printable(words.In(programme.Currency, programme.About)),
		Style: template.CSS(style), Uses: uses, Made: p.made(),
	}
	for _, text := range append(paper.OfAll, p.Cautions...) {
		c.OfAll = append(c.OfAll, words.Printable(words.Capital(text)))
	}
	if c.Together, err = forPasting(paper.Together); err != nil {
		return err
	}
	if c.Contract, err = forPasting(paper.Contract); err != nil {
		return err
	}
	if c.Years, err = forPasting(paper.Years...); err != nil {
		return err
	}
	for _, chart := range p.Charts {
		figure := forA4(chart.Figure)
		var b bytes.Buffer
		if err := figure.Write(&b, plot.PNG); err != nil {
			return err
		}
		drawn, err := png.DecodeConfig(bytes.NewReader(b.Bytes()))
		if err != nil {
			return err
		}
		const text = 640 // pixels of 1/96 inch between the margins of A4
		c.Pictures = append(c.Pictures, picture{
			words.Printable(chart.Figure.Alt()), template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())), text, text * drawn.Height / drawn.Width,
		})
	}
	var b bytes.Buffer
	if err := councilTemplate.Execute(&b, c); err != nil {
		return err
	}
	_, err = to.Write(b.Bytes())
	return err
}
