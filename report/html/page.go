package html

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"io"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
)

// Page is what a page is made of.
type Page struct {
	// Comparison is the cases side by side, with series and the values of replications.
	Comparison *montecarlo.Comparison
	// Result is the case that single figures and the register of assumptions are of, in
	// the prices of Comparison.
	Result *montecarlo.Result
	// Invested is the cases as those who provide the capital see them, with the quantiles
	// that [report.Invest] needs; nil for a programme without delivery terms.
	Invested *montecarlo.Comparison
	// Charts stand in their parts in the order given.
	Charts []Chart
	// Council, if set, asks for the pages of that council that go to committee, in place of
	// all parts: its tables of Comparison, and Charts as pictures that a word processor takes.
	Council string
	// Written is the date on the page. The pages of a council speak of a programme that had
	// ended by then as over; nothing else depends on it.
	Written calendar.Date
	// Cautions are sentences beside those of the programme and the runs.
	Cautions []string
	// Command and Version say how the page can be made again: the command line, and the
	// version of the program; either may be empty.
	Command, Version string
}

// The embedded texts: the page, how it looks, and what moves.
var (
	//go:embed page.tmpl
	pageText string
	//go:embed style.css
	style string
	//go:embed script.js
	script string
)

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// shown is a page as its template writes it.
type shown struct {
	Title, Name, Finding string
	Style                template.CSS
	Script               template.JS
	Parts                []part
}

// Write writes the page. The error says what it lacks, or is that of the context or of
// the writer.
func (p Page) Write(ctx context.Context, to io.Writer) error {
	if p.Result == nil || p.Result.Version == nil || p.Comparison == nil || len(p.Comparison.Results) == 0 {
		return errors.New("there is no result to write: give the result of a case and a comparison of cases")
	}
	if p.Council != "" {
		return p.writeCouncil(to)
	}
	fonts, err := plot.FontStyle(figuresOf(p.Charts)...)
	if err != nil {
		return err
	}
	programme := p.Result.Version.Programme
	in := func(s string) string { return words.Printable(words.In(programme.Currency, s)) }
	s := shown{
		Title: in(cmp.Or(programme.Title, programme.Name)), Name: in(programme.Name),
		Style: template.CSS(style + fonts), Script: template.JS(script),
	}
	if s.Parts, err = p.parts(ctx); err != nil {
		return err
	}
	s.Finding = in(p.finding())
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, s); err != nil {
		return err
	}
	_, err = to.Write(b.Bytes())
	return err
}

// finding is what is left on average in the case that single figures are of: with all care
// avoided and in cash, as the first table has them, so that neither is read for the other.
// It is empty where nothing is left to say.
func (p Page) finding() string {
	left, ok := p.Result.Totals.Of(montecarlo.NetPublic)
	if !ok {
		return ""
	}
	all, _ := words.ThreeFigures(left.Mean)
	text := words.Capital(p.Result.Version.Phrase()) + " leaves " + all + " after all payments with all care avoided"
	if cash, ok := p.Result.Totals.Of(montecarlo.NetCashable); ok {
		alone, _ := words.ThreeFigures(cash.Mean)
		text += ", and " + alone + " in cash alone"
	}
	return text
}

// tablesAsHTML are tables as a piece of the page.
func tablesAsHTML(tables []report.Table, err error) (template.HTML, error) {
	if err != nil || len(tables) == 0 {
		return "", err
	}
	var b bytes.Buffer
	if err := report.Write(&b, report.HTML, report.Options{Wide: true}, tables...); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}
