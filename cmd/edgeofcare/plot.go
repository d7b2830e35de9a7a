package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// plotCommand draws charts.
type plotCommand struct {
	Programme string `arg:"" optional:"" help:"A name in the library, or a YAML file."`
	Chart     string `arg:"" optional:"" help:"The chart to draw. If left out: a list of the charts."`
	onTop
	Cases string `help:"The cases, separated by commas; variants, stresses and edits may follow each, as in 'medium,medium + flat tariffs'. Default: those that the file compares." placeholder:"CASE,..."`
	Case  string `help:"The case, for charts of one case; variants, stresses and edits may follow it. Default: the first in the file, or for stresses, stress-grid and capital-tornado medium, or else the middle one of those that it compares." placeholder:"CASE"`
	simulationFlags
	conditionedFlag
	List      bool        `help:"List the charts and the question that each answers."`
	Published bool        `help:"Draw published figures alone, without a model: payments, cumulative-payments, achievements or programmes."`
	All       bool        `help:"Draw every chart that the programme has data for, into the folder that -o names."`
	Output    string      `short:"o" help:"The file to write, in the format of its extension: .svg, .png, .pdf or .csv; with --all, a folder; - to write to the terminal. Default: CHART.svg." placeholder:"FILE"`
	Format    plot.Format `short:"f" help:"svg, png, pdf or csv (the figures behind the chart). Default: what the extension of -o says, otherwise svg." placeholder:"FORMAT"`
	Title     string      `help:"The title of the chart, best a sentence that says what it shows. Default: what the chart finds." placeholder:"TEXT"`
	Cohort    string      `help:"The cohort, for occupancy and survival. Default: all together." placeholder:"COHORT"`
	Investor  string      `help:"The investor, for returns. Default: all together, with whoever met a shortfall." placeholder:"NAME"`
	Width     pixels      `help:"Width in pixels. Default: 960, or 1440 for png, or what keeps the proportions if --height is given." placeholder:"PIXELS"`
	Height    pixels      `help:"Height in pixels. Default: what the chart needs, or what keeps the proportions if --width is given." placeholder:"PIXELS"`
}

// Help is shown by edgeofcare plot --help.
func (plotCommand) Help() string {
	return versionsHelp + `

With --all every chart is tried. At the end the command says which charts it left
out, because the file has no data for them, and which could not be drawn, and why,
and which did not use a flag such as --case. The exit code is 0 if all others were
drawn, and 1 if one could not be drawn.

With --published nothing is modelled, and the foot of a chart names its sources alone.

A sign that the font of charts does not have is drawn as a box, and a message says
which sign that is and where it stands.

Other commands draw what they find: solve --chart, bridge --chart, value --chart,
sensitivity --tornado, --shares, --spider and --heat-map, and stress --heat-map.

Examples:
  edgeofcare plot --list
  edgeofcare plot dn2 payments -o payments.png
  edgeofcare plot dn2 net-saving --cases "medium,medium + flat tariffs"
  edgeofcare plot dn2 saves-more-than --case medium
  edgeofcare plot dn2 tornado --title "What the net saving depends on"
  edgeofcare plot dn2 occupancy --case high --format csv -o -
  edgeofcare plot dn2 payments --published -o paid.png
  edgeofcare plot dn2 --all -o charts`
}

// Run lists charts, or draws one or all of them.
func (c *plotCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	if c.Programme == "" {
		return c.list(to, nil)
	}
	d, err := c.drawing(to)
	if err != nil {
		return err
	}
	switch {
	case c.Chart == "" && !c.All:
		return c.list(to, d)
	case c.All:
		err = c.all(d)
	default:
		err = c.one(d)
	}
	if err == nil || errors.Is(err, errNotAllDrawn) {
		d.warn()
	}
	return err
}

// errNotAllDrawn says that plot --all drew some charts and could not draw others.
var errNotAllDrawn = errors.New("could not be drawn")

// check returns what does not go together on the command line.
func (c *plotCommand) check() error {
	switch {
	case c.Format != "" && !slices.Contains(plotFormats, c.Format):
		return misused("--format %s: a chart is written as svg, png, pdf or csv", c.Format)
	case c.All && c.Chart != "":
		return misused("--all draws every chart: leave out %s, or leave out --all", c.Chart)
	case c.All && c.List:
		return misused("--all draws charts and --list lists them: leave one of them out")
	case c.All && c.Programme == "":
		return misused("--all draws the charts of a programme: name one, as in edgeofcare plot dn2 --all -o charts")
	case c.All && (c.Output == "" || c.Output == "-"):
		return misused("--all writes a file for every chart: name a folder for them, as in -o charts")
	case c.All && c.Title != "":
		return misused("--title is for one chart: name the chart, or leave out --title")
	case c.Published && c.Programme == "":
		return misused("--published draws what is published of a programme: name one, as in edgeofcare plot dn2 payments --published")
	case c.Published && c.Chart == "" && !c.All:
		return misused("--published draws published figures alone: name one of the charts %s, or give --all", words.Or(chartNamesOf(publishedCharts)))
	case c.All && c.Published:
		return c.refuseBut("a chart with --published", []string{"--output", "--format", "--width", "--height"})
	case c.Published && !c.List:
		if _, err := publishedChart(c.Chart); err != nil {
			return err
		}
		return c.refuseBut("a chart with --published", publishedFlags)
	case c.All:
		return nil
	case c.List && c.Chart != "":
		return misused("--list lists the charts: leave out %s, or leave out --list", c.Chart)
	case c.Programme != "" && c.Chart == "" && slices.Contains(chartNames(), c.Programme):
		return misused("%s is a chart: name the programme first, as in edgeofcare plot dn2 %s", c.Programme, c.Programme)
	case c.Programme == "":
		return c.refuseBut("a list of charts", nil)
	case c.Chart == "":
		return c.refuseBut("a list of charts", listOfProgramme)
	}
	return nil
}

// The flags of the list of charts of a programme, of all charts, and of those
// that are simulated.
var (
	listOfProgramme = []string{"--case", "--with", "--set"}
	allCharts       = []string{"--with", "--set", "--output", "--format", "--title", "--width", "--height"}
	publishedFlags  = []string{"--output", "--format", "--title", "--width", "--height"}
	simulated       = []string{"--replications", "--seed", "--workers", "--engine", "--fixed-rates"}
)

// given is which flags were given.
func (c *plotCommand) given() map[string]bool {
	return map[string]bool{
		"--with": len(c.With) > 0, "--set": len(c.Set) > 0, "--case": c.Case != "", "--cases": c.Cases != "",
		"--replications": c.Replications != 0, "--seed": c.Seed != nil, "--workers": c.Workers != 0, "--engine": c.Engine != nil,
		"--prices": c.Prices.given(), "--fixed-rates": c.FixedRates, "--unconditioned": c.Unconditioned, "--cohort": c.Cohort != "", "--investor": c.Investor != "",
		"--output": c.Output != "", "--format": c.Format != "", "--title": c.Title != "", "--width": c.Width != 0, "--height": c.Height != 0,
	}
}

// refuseBut refuses all flags but those that are used.
func (c *plotCommand) refuseBut(what string, used []string) error {
	given := c.given()
	for takes, instead := range map[string]string{"--case": "--cases", "--cases": "--case"} {
		if given[instead] && slices.Contains(used, takes) {
			return misused("%s takes %s, not %s", what, takes, instead)
		}
	}
	for _, name := range used {
		delete(given, name)
	}
	return refuse(what, given)
}

// drawing reads the programme that charts are drawn of.
func (c *plotCommand) drawing(to *streams) (*drawing, error) {
	document, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return nil, err
	}
	d := &drawing{to: to, document: document, flags: c, ran: map[string]*montecarlo.Result{}}
	if d.cases, err = c.versions(document, c.Cases); err != nil {
		return nil, err
	}
	own, err := d.one()
	if err != nil {
		return nil, err
	}
	all := append([]*scenario.Version{own}, d.cases...)
	return d, cmp.Or(c.checkRates(all...), c.checkHeld(c.FixedRates, all...))
}

// one draws one chart.
func (c *plotCommand) one(d *drawing) error {
	chosen, err := chartNamed(c.Chart)
	if err != nil {
		return err
	}
	what, takes := "the chart "+chosen.name, slices.Concat(allCharts, chosen.takes)
	if c.Published {
		if chosen, err = publishedChart(chosen.name); err != nil {
			return err
		}
		what, takes = "a chart with --published", publishedFlags
	}
	place, format, err := c.place(c.Chart)
	if err != nil {
		return err
	}
	if err := errors.Join(c.refuseBut(what, takes), c.fits(format), c.sizes(format)); err != nil {
		return err
	}
	v, err := d.one()
	if err != nil {
		return err
	}
	if err := chosen.lacks(v); err != nil {
		return helpWithDelivery(fmt.Errorf("there is no chart %s of %s: %w", chosen.name, v.Programme.Name, err))
	}
	var file *outFile
	if place != "-" {
		if file, err = d.to.files.create(place); err != nil {
			return err
		}
	}
	figure, err := chosen.draw(d)
	if err != nil {
		return err
	}
	if c.Title != "" {
		figure.Title = c.Title
	}
	return c.put(d.to, figure, format, file)
}

// list lists the charts, and where a programme is given says which it has no
// data for.
func (c *plotCommand) list(to *streams, d *drawing) error {
	var v *scenario.Version
	if d != nil {
		var err error
		if v, err = d.one(); err != nil {
			return err
		}
	}
	return report.Write(to.out, report.Terminal, report.Options{Width: to.width}, chartTable(v))
}
