package main

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/ssda903"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/population"
)

// forecastCommand forecasts all looked-after children of a council.
type forecastCommand struct {
	Returns      string       `arg:"" help:"The folder or zip file of SSDA903 returns of several years."`
	Years        int          `default:"4" help:"Financial years ahead, 1 to 6. Default: 4." placeholder:"N"`
	Lever        []string     `help:"What the council might do, as 'residential entries -5%' or 'foster to residential -10%, residential to foster +20%'; may be repeated, and each is set against none." placeholder:"CHANGE,..." sep:"none"`
	Cost         []string     `help:"What a week in a state costs, as residential=4000, in place of the default; may be repeated." placeholder:"STATE=£" sep:"none"`
	Replications replications `short:"n" help:"Replications, for ranges. Default: ${replications}." placeholder:"N"`
	Seed         seed         `default:"1" help:"Where random numbers start from: the same seed gives the same figures. Default: 1." placeholder:"N"`
	Workers      workers      `help:"Replications at a time; this changes how long a run takes and no figure. Default: one for each core." placeholder:"N"`
	Guard        int          `help:"Days before the 18th birthday at which the clocks of the rates stop: 31 where dates of birth are the first of the month." placeholder:"DAYS"`
	Suppress     bool         `default:"true" negatable:"" help:"Keep out what tells that 1 to 5 children were in a state or of an age today. Default: yes."`
	Programme    string       `help:"A programme of which the council's children are to be part, a name in the library or a YAML file: what is expected with it stands beside what is expected without." placeholder:"PROGRAMME"`
	Case         string       `help:"The case of that programme, as for other commands. Default: the first in its file." placeholder:"CASE"`
	Council      string       `help:"The council of that programme whose children are counted. Default: all together." placeholder:"COUNCIL"`
	Chart        string       `help:"The file to draw the children in care into, ending in .svg, .png or .pdf." placeholder:"FILE"`
	outputFlags
}

// Help is shown by edgeofcare forecast --help.
func (forecastCommand) Help() string {
	return `All looked-after children of a council are followed from the last 31 March on, each from its
state, age and weeks in the state, to the 18th birthday at the latest; others come at the
rate at which they came. Rates are those of edgeofcare calibrate, by age and weeks in the
state. A child who comes back from home within two years goes on with its life; one who comes
back later, or from anywhere else, is an entry.

Expected numbers, costs and savings are exact at these rates. Ranges hold 90% of
replications: of rates drawn anew in each, and of chance alone at these rates.
They do not cover rates that change.

A lever is one or more changes, with commas between them:
  entries -5%                          fewer come into care and stay at home
  residential entries -5%              of those who enter residential care
  residential entries -5% into foster  these enter foster care instead
  foster to residential -10%           a move is made less often
  moves to residential -10%            from wherever
  moves from residential +10%          to wherever
It is run with the same children and the same luck as without it.

Costs are unit costs times expected weeks, in constant prices. Without --cost
residential and foster care are at published figures, all else at assumptions;
the table says which.

With --programme the forecast is taken to be what happens without it. What its own file makes
of its children, with it less without it, is added, as if it began on the first day. Whether
the council's returns show what the file assumes of them is not checked.

Examples:
  edgeofcare forecast returns
  edgeofcare forecast returns --lever "residential entries -5%"
  edgeofcare forecast returns --cost residential=5200 --cost foster=900
  edgeofcare forecast returns --years 2 -o forecast.csv
  edgeofcare forecast returns --programme dn2 --case base --chart council.svg`
}

// clampWorkers takes no more workers than there are cores.
func (c *forecastCommand) clampWorkers(to *streams) {
	f := simulationFlags{Workers: c.Workers}
	f.clampWorkers(to)
	c.Workers = f.Workers
}

// Run reads, forecasts and prints.
func (c *forecastCommand) Run(to *streams) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	if o.Programme, err = c.programme(to); err != nil {
		return err
	}
	p, care, err := c.population()
	if err != nil {
		return err
	}
	chart, err := newChartFile(to, "--chart", c.Chart)
	if err != nil {
		return err
	}
	f, err := p.Forecast(to.ctx, o)
	if err != nil {
		return err
	}
	if err := chart.draw(to, func() (*plot.Figure, error) { return plot.Population(f) }); err != nil {
		return err
	}
	page := forecastPage{c, p, care, f}
	return c.write(to, f, page.tables()...)
}

// options are those of the forecast.
func (c *forecastCommand) options() (o population.Options, err error) {
	if c.Years < 1 || c.Years > 6 {
		return o, misused("--years %d: give 1 to 6", c.Years)
	}
	if c.Guard < 0 {
		return o, misused("--guard %d: give 0 days or more", c.Guard)
	}
	const usual = 2000
	o = population.Options{Years: c.Years, Replications: int(c.Replications), Seed: uint64(c.Seed), Workers: int(c.Workers), Suppress: c.Suppress, Council: c.Council}
	if o.Replications == 0 {
		o.Replications = usual
	}
	for _, text := range c.Lever {
		l, err := population.ParseLever(text)
		if err != nil {
			return o, misused("--%v", err)
		}
		o.Levers = append(o.Levers, l)
	}
	for _, text := range c.Cost {
		state, amount, found := strings.Cut(text, "=")
		if strings.Contains(amount, "=") {
			return o, misused("--cost %s: one state at a time; repeat the flag, as in --cost residential=5200 --cost foster=900", text)
		}
		var cost pounds
		if !found {
			return o, misused("--cost %s: write a state and what a week in it costs, such as residential=4000", text)
		}
		if err := cost.UnmarshalText([]byte(amount)); err != nil {
			return o, misused("--cost %s: %v", text, err)
		}
		if cost.currency != "" && cost.currency != "GBP" {
			return o, misused("--cost %s: costs are in pounds", text)
		}
		o.Costs = append(o.Costs, population.Cost{State: strings.TrimSpace(state), Weekly: cost.Decimal, Source: "given with --cost"})
	}
	return o, nil
}

// programme opens the programme whose effect is added; nil if none is named.
func (c *forecastCommand) programme(to *streams) (*model.Programme, error) {
	if c.Programme == "" {
		return nil, refuse("a forecast without --programme", map[string]bool{"--case": c.Case != "", "--council": c.Council != ""})
	}
	d, err := openDocument(to, c.Programme)
	if err != nil {
		return nil, err
	}
	v, err := (&onTop{}).version(d, c.Case)
	if err != nil {
		return nil, err
	}
	p := *v.Programme
	p.Name += " (" + v.Label() + ")" // in the table, the chart and JSON
	return &p, nil
}

// population reads the returns.
func (c *forecastCommand) population() (*population.Population, *ssda903.Care, error) {
	records := calibrateCommand{Records: c.Returns}
	spells, _, care, err := records.read()
	if err != nil {
		return nil, nil, err
	}
	if care == nil {
		return nil, nil, misused("%s holds spells or visits, which do not say from when to when a council was watched: give a folder or a zip file of SSDA903 returns", c.Returns)
	}
	p, err := population.FromSpells(spells, population.Settings{
		From: care.Window.From, To: care.Window.To, Home: ssda903.DefaultStates().Home, Guard: c.Guard,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.Returns, err)
	}
	return p, care, nil
}

// bandOfAges is "under 1", "5 to 9" or "16 and 17".
func bandOfAges(b estimate.Band) string {
	switch {
	case b.From == 0:
		return fmt.Sprintf("under %d", b.To)
	case b.To == b.From+1:
		return fmt.Sprint(b.From)
	case b.To == b.From+2:
		return fmt.Sprintf("%d and %d", b.From, b.To-1)
	}
	return fmt.Sprintf("%d to %d", b.From, b.To-1)
}
