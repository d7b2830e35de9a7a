package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report/html"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// pageCharts are the charts of a page, by part.
var pageCharts = []struct{ part, name string }{
	{html.Members, "net-saving"},
	{html.Commissioner, "payments"},
	{html.Commissioner, "cumulative-payments"},
	{html.Commissioner, "waterfall"},
	{html.Commissioner, "saves-more-than"},
	{html.Investor, "capital-position"},
	{html.Investor, "capital-requirement"},
	{html.Investor, "returns"},
	{html.Evaluator, "achievements"},
	{html.Evaluator, "occupancy"},
	{html.Evaluator, "survival"},
	{html.Evaluator, "tornado"},
}

// page writes the page.
func (c *reportCommand) page(to *streams, d *scenario.Document, result *montecarlo.Result, cases []*montecarlo.Result) error {
	comparison, err := montecarlo.CompareResults(cases, "")
	if err != nil {
		return err
	}
	p := html.Page{Comparison: comparison, Result: result, Written: to.today(), Command: lineOf(to.arguments, c.Output), Version: version()}
	versions := []*scenario.Version{result.Version}
	for _, r := range cases {
		versions = append(versions, r.Version)
	}
	if caution := overdue(versions, to.today()); caution != "" {
		p.Cautions = append(p.Cautions, strings.TrimPrefix(caution, "Caution: "))
	}
	if c.Council != "" {
		p.Council = c.Council
		figure, err := plot.CouncilWaterfall(c.Council, cases...)
		if err != nil {
			return err
		}
		p.Charts = []html.Chart{{Name: "waterfall", Figure: figure}}
		return p.Write(to.ctx, c.file)
	}
	if p.Invested, err = c.invested(to, versions[1:]); err != nil {
		return err
	}
	if err := c.draw(to, d, &p); err != nil {
		return err
	}
	return p.Write(to.ctx, c.file)
}

// committee is the first of the cases of a council's pages, or what does not go with
// --council.
func (c *reportCommand) committee(cases []*scenario.Version) (*scenario.Version, error) {
	if c.ending() != ".html" {
		return nil, misused("--council is for a page: let -o end in .html, or leave --council out")
	}
	if c.Case != "" {
		return nil, misused("--council takes --cases, not --case")
	}
	flag := councilFlag{c.Council}
	if err := flag.checkCouncil(cases...); err != nil {
		return nil, err
	}
	c.budgetPrices(cases...)
	return cases[0], nil
}

// invested are the cases as those who provide the capital see them; nil if any has no
// delivery terms.
func (c *reportCommand) invested(to *streams, versions []*scenario.Version) (*montecarlo.Comparison, error) {
	if slices.ContainsFunc(versions, func(v *scenario.Version) bool { return v.Programme.Delivery == nil }) {
		return nil, nil
	}
	o := c.hold(c.options(to), versions...)
	o.Quantiles, o.TotalsOnly = investQuantiles, true
	return montecarlo.Compare(to.ctx, versions, "", o)
}

// draw draws the charts that the programme has data for. One that cannot be drawn is a
// caution of the page.
func (c *reportCommand) draw(to *streams, d *scenario.Document, p *html.Page) error {
	flags := &plotCommand{Programme: c.Programme, onTop: c.onTop, Cases: c.Cases, Case: c.Case, simulationFlags: c.simulationFlags, conditionedFlag: c.conditionedFlag}
	drawing := &drawing{to: to, document: d, flags: flags, ran: map[string]*montecarlo.Result{p.Result.Version.Name(): p.Result}}
	for _, r := range p.Comparison.Results {
		drawing.cases, drawing.ran[r.Version.Name()] = append(drawing.cases, r.Version), r
	}
	for _, one := range pageCharts {
		chart, err := chartNamed(one.name)
		if err != nil {
			return err
		}
		if chart.lacks(p.Result.Version) != nil || one.part == html.Investor && p.Invested == nil {
			continue
		}
		figure, err := chart.draw(drawing)
		if to.ctx.Err() != nil {
			return to.ctx.Err()
		}
		if err != nil {
			p.Cautions = append(p.Cautions, fmt.Sprintf("The chart %s could not be drawn: %v.", one.name, err))
			continue
		}
		p.Charts = append(p.Charts, html.Chart{Part: one.part, Name: one.name, Figure: figure})
	}
	return nil
}
