package main

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// sensitivityCommand says which input a figure depends on most.
type sensitivityCommand struct {
	programmeFlags
	Case     string   `help:"The case; variants, stresses and edits may follow it, as in 'medium + flat tariffs'. Default: medium, or else the middle one of those that the file compares." placeholder:"CASE"`
	Measure  measured `help:"The figure: a measure and, after a comma, whose it is, as in 'net saving, Derby'. Default: net public saving." placeholder:"MEASURE"`
	Grid     twoNames `help:"Show the central projection at every pair of values of two inputs, and where it is 0. Each is an input of the tables or a driver of edgeofcare stress --reverse." placeholder:"INPUT,INPUT"`
	Stresses bool     `help:"Show the figure of every case under every stress: its mean and the chance of being below zero."`
	Cases    string   `help:"With --stresses: the cases, separated by commas; default: those that the file compares." placeholder:"CASE,..."`
	Rows     int      `help:"Rows of the design for the shares of variance, each of which takes a draw for every input and two more. Default: 2,048, or 512 where a cap lies before the figure." placeholder:"N"`
	simulationFlags
	outputFlags
	HeatMap string `help:"With --grid: the file to draw the pairs into, with the break-even line." placeholder:"FILE"`
	Tornado string `help:"The file to draw the ranges into, as a chart that ends in .svg, .png or .pdf." placeholder:"FILE"`
	Shares  string `help:"The file to draw the shares of variance into." placeholder:"FILE"`
	Spider  string `help:"The file to draw the means by tenth of each input into." placeholder:"FILE"`
}

// measured is a figure as a person writes it.
type measured struct{ montecarlo.Key }

// UnmarshalText reads a measure and what it is of.
func (m *measured) UnmarshalText(text []byte) (err error) {
	m.Key, err = montecarlo.ReadKey(string(text))
	return err
}

// orElse is the figure, or another if none was named.
func (m measured) orElse(name string) montecarlo.Key {
	if m.Name != "" {
		return m.Key
	}
	k, _ := montecarlo.ReadKey(name)
	return k
}

// twoNames are two inputs with a comma between them.
type twoNames [2]string

// UnmarshalText reads two names.
func (n *twoNames) UnmarshalText(text []byte) error {
	sides := strings.Split(string(text), ",")
	if len(sides) != 2 || strings.TrimSpace(sides[0]) == "" || strings.TrimSpace(sides[1]) == "" {
		return fmt.Errorf("%q is not two inputs: write those of the columns and the rows with a comma between them, as in \"referrals,tariffs\"", text)
	}
	n[0], n[1] = strings.TrimSpace(sides[0]), strings.TrimSpace(sides[1])
	return nil
}

// Help is shown by edgeofcare sensitivity --help.
func (sensitivityCommand) Help() string {
	return versionsHelp + `

Three tables: shares of the variance of the figure (Sobol indices), how far it goes over
each input's own range, and its mean by tenth of each input's draws.

Examples:
  edgeofcare sensitivity dn2
  edgeofcare sensitivity dn2 --measure "net saving, Derby"
  edgeofcare sensitivity dn2 --case high --measure "outcome payments"
  edgeofcare sensitivity dn2 --shares shares.svg --tornado tornado.svg
  edgeofcare sensitivity dn2 --grid "referrals,tariffs" --heat-map grid.svg
  edgeofcare sensitivity dn2 --stresses --measure "net saving, Derby" -n 500`
}

// analysed is what the command found, as JSON has it.
type analysed struct {
	Tornado *sensitivity.Tornadoed `json:"tornado"`
	Indices *sensitivity.Indexed   `json:"indices,omitempty"`
	Spider  *sensitivity.Spidered  `json:"spider,omitempty"`
}

// Run works out what the figure depends on.
func (c *sensitivityCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	measure := c.Measure.orElse(montecarlo.NetPublic)
	if c.Stresses {
		return c.crossed(to, d, measure)
	}
	v, err := c.oneCase(d, c.Case)
	if err != nil {
		return err
	}
	c.about(v)
	if c.Grid[0] != "" {
		chart, err := newChartFile(to, "--heat-map", c.HeatMap)
		if err != nil {
			return err
		}
		g, err := sensitivity.GridOf(to.ctx, v, c.Prices.kind, measure, c.Grid[0], c.Grid[1])
		if err != nil {
			return helpWithDelivery(err)
		}
		if err := chart.draw(to, func() (*plot.Figure, error) { return plot.TwoInputs(g) }); err != nil {
			return err
		}
		return c.write(to, g, report.TwoInputs(g)...)
	}
	return c.analyse(to, v, measure)
}

// check refuses flags that do not go together.
func (c *sensitivityCommand) check() error {
	charts := map[string]bool{"--tornado": c.Tornado != "", "--shares": c.Shares != "", "--spider": c.Spider != "", "--rows": c.Rows != 0}
	switch {
	case c.FixedRates && !c.Stresses:
		return misused("--fixed-rates leaves nothing uncertain, and this asks which input matters: leave it out")
	case c.Stresses:
		charts["--heat-map"] = c.HeatMap != ""
		charts["--grid"], charts["--case"] = c.Grid[0] != "", c.Case != ""
		return refuse("--stresses", charts)
	case c.Cases != "":
		return misused("--cases is for --stresses: give one case with --case, or add --stresses")
	case c.Grid[0] != "":
		charts["--replications"], charts["--seed"], charts["--engine"] = c.Replications != 0, c.Seed != nil, c.Engine != nil
		return refuse("--grid", charts)
	case c.HeatMap != "":
		return misused("--heat-map is for --grid: add --grid, or leave it out")
	}
	return nil
}

// analyse prints the three tables, and draws the charts that were asked for.
func (c *sensitivityCommand) analyse(to *streams, v *scenario.Version, measure montecarlo.Key) error {
	charts, err := c.charts(to)
	if err != nil {
		return err
	}
	var found analysed
	if found.Tornado, err = sensitivity.TornadoOfRanges(to.ctx, v, c.Prices.kind, measure); err != nil {
		return helpWithDelivery(err)
	}
	if sensitivity.HasIndices(v, measure) {
		o := sensitivity.Options{Run: c.options(to)}
		o.Run.Replications, o.Run.Progress = c.Rows, nil
		if found.Indices, err = sensitivity.Indices(to.ctx, v, measure, o); err != nil {
			return err
		}
		run := c.options(to)
		if run.Replications == 0 {
			run.Replications = 2000
		}
		run.TotalsOnly, run.AllValues, run.Unconditioned = true, true, true
		result, err := montecarlo.Run(to.ctx, v, run)
		if err != nil {
			return err
		}
		if found.Spider, err = sensitivity.Spider(to.ctx, result, measure); err != nil {
			return err
		}
	}
	if err := charts.draw(to, found); err != nil {
		return err
	}
	return c.write(to, found, report.Sensitivity(found.Tornado, found.Indices, found.Spider)...)
}

// crossed prints every case under every stress.
func (c *sensitivityCommand) crossed(to *streams, d *scenario.Document, measure montecarlo.Key) error {
	versions, err := c.versions(d, c.Cases)
	if err != nil {
		return err
	}
	c.about(versions...)
	if err := c.checkRates(versions...); err != nil {
		return err
	}
	crossed, err := sensitivity.CasesByStresses(to.ctx, versions, nil, measure, sensitivity.Options{Run: c.options(to)})
	if err != nil {
		return helpWithDelivery(err)
	}
	return c.write(to, crossed, report.Crossed(crossed)...)
}

// chartFiles are the charts that were asked for.
type chartFiles struct{ tornado, shares, spider *chartFile }

// charts makes the files of charts before anything is worked out for them.
func (c *sensitivityCommand) charts(to *streams) (files chartFiles, err error) {
	if files.tornado, err = newChartFile(to, "--tornado", c.Tornado); err != nil {
		return files, err
	}
	if files.shares, err = newChartFile(to, "--shares", c.Shares); err != nil {
		return files, err
	}
	files.spider, err = newChartFile(to, "--spider", c.Spider)
	return files, err
}

// draw draws the charts.
func (f chartFiles) draw(to *streams, found analysed) error {
	if (f.shares != nil || f.spider != nil) && found.Indices == nil {
		return misused("--shares and --spider are for totals of files in which something is uncertain: leave them out")
	}
	if err := f.tornado.draw(to, func() (*plot.Figure, error) { return plot.Tornado(found.Tornado) }); err != nil {
		return err
	}
	if err := f.shares.draw(to, func() (*plot.Figure, error) { return plot.Indices(found.Indices) }); err != nil {
		return err
	}
	return f.spider.draw(to, func() (*plot.Figure, error) { return plot.Spider(found.Spider) })
}
