package html

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

// The pages of one council that go to committee.

//go:embed council.tmpl
var councilText string

var councilTemplate = template.Must(template.New("council").Parse(councilText))

// committee is the pages of a council as their template writes them.
type committee struct {
	Title, Council, About string
	Style                 template.CSS
	Together, Years       template.HTML
	Pictures              []picture
	Assumed               []string
	Made                  *made
}

// picture is a chart as a PNG inside the page, which a word processor takes as a picture.
type picture struct {
	Alt string
	PNG template.URL
}

// writeCouncil writes the pages of the council.
func (p Page) writeCouncil(to io.Writer) error {
	tables, err := report.Council(p.Council, nil, p.Comparison.Results...)
	if err != nil {
		return err
	}
	programme := p.Result.Version.Programme
	c := committee{
		Title: words.Printable(programme.Title), Council: words.Printable(p.Council), About: words.Printable(words.In(programme.Currency, programme.About)),
		Style: template.CSS(style), Assumed: p.limits(), Made: p.made(),
	}
	if c.Title == "" {
		c.Title = words.Printable(programme.Name)
	}
	if c.Together, err = tablesAsHTML(tables[:1], nil); err != nil {
		return err
	}
	if c.Years, err = tablesAsHTML(tables[1:], nil); err != nil {
		return err
	}
	for _, chart := range p.Charts {
		var b bytes.Buffer
		if err := chart.Figure.Write(&b, plot.PNG); err != nil {
			return err
		}
		c.Pictures = append(c.Pictures, picture{words.Printable(chart.Figure.Alt()), template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()))})
	}
	var b bytes.Buffer
	if err := councilTemplate.Execute(&b, c); err != nil {
		return err
	}
	_, err = to.Write(b.Bytes())
	return err
}
