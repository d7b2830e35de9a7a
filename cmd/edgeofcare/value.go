package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// valueCommand asks which option is best, and what it is worth to know more first.
type valueCommand struct {
	programmeFlags
	Case         string       `help:"The case; variants, stresses and edits may follow it, as in 'medium + flat tariffs'. Default: medium, or else the middle one of those that the file compares." placeholder:"CASE"`
	Council      string       `help:"Whose saving counts, less its own payments. Default: that of all, less all payments." placeholder:"NAME"`
	Option       []string     `help:"Another option beside doing nothing and the case, as in 'flat=medium + flat tariffs'. May be repeated." placeholder:"NAME=CASE" sep:"none"`
	Group        []string     `help:"Inputs that might be learned together, as in 'prices=unit costs,tariffs'; a star stands for any name in a path. May be repeated." placeholder:"NAME=INPUT,..." sep:"none"`
	Study        []study      `help:"A study of children without help, as in '200 children for 52 weeks' or '200 children for 52 weeks at £60,000'. May be repeated." placeholder:"STUDY" sep:"none"`
	StudyCost    *pounds      `help:"What each study costs that does not say so itself. Default: £0." placeholder:"£60,000"`
	Replications replications `short:"n" help:"Draws of what is uncertain: as many as a run has replications. Default: 4,000." placeholder:"N"`
	Seed         *seed        `help:"Where random numbers start from: the same seed gives the same figures. Default: 1." placeholder:"N"`
	Workers      workers      `help:"Draws at a time; this changes how long it takes and no figure. Default: one for each core." placeholder:"N"`
	Chart        string       `help:"The file to draw what is worth knowing into, ending in .svg, .png or .pdf." placeholder:"FILE"`
	AllCare      bool         `help:"With --chart: count all avoided care, and not the cashable part alone."`
	outputFlags
}

// Help is shown by edgeofcare value --help.
func (valueCommand) Help() string {
	return versionsHelp + `

The payoff of an option is its expected net saving in present value, constant prices,
given the inputs that the file says are uncertain; doing nothing pays £0. Shown are how
likely each option is to be best, what choosing it is expected to lose, and what it is
worth to know more before choosing: everything, single inputs, those that are about the
same thing, and the results of a study. Chance in children's lives cannot be known.

A study follows children without help from the day on which they would have been
referred, and sees where each first moves to. List several to find the best size.

Examples:
  edgeofcare value dn2
  edgeofcare value dn2 --case medium --council Derby
  edgeofcare value dn2 --option "no cap=medium + {contract cap=none}"
  edgeofcare value dn2 --study "200 children for 52 weeks" --study-cost £60k
  edgeofcare value dn2 --group "prices=unit costs.*,tariffs" -o value.csv
  edgeofcare value dn2 --chart value.svg`
}

// study is a study as a person gives it on the command line.
type study struct {
	sensitivity.Study
	cost *pounds
}

var studyText = regexp.MustCompile(`^([0-9][0-9,]*) child(?:ren)? for ([0-9]+) weeks?(?: at (.+))?$`)

// UnmarshalText reads a study.
func (s *study) UnmarshalText(text []byte) error {
	found := studyText.FindStringSubmatch(strings.Join(strings.Fields(string(text)), " "))
	if found == nil {
		return fmt.Errorf("%q is not a study: write it as 200 children for 52 weeks, or 200 children for 52 weeks at £60,000", text)
	}
	var err error
	if s.Children, err = strconv.Atoi(strings.ReplaceAll(found[1], ",", "")); err != nil {
		return fmt.Errorf("%q is not a number of children: write a whole number", found[1])
	}
	if s.Weeks, err = strconv.Atoi(found[2]); err != nil {
		return fmt.Errorf("%q is not a number of weeks: write a whole number", found[2])
	}
	if found[3] == "" {
		return nil
	}
	s.cost = &pounds{}
	return s.cost.UnmarshalText([]byte(found[3]))
}

// clampWorkers takes no more workers than there are cores.
func (c *valueCommand) clampWorkers(to *streams) {
	f := simulationFlags{Workers: c.Workers}
	f.clampWorkers(to)
	c.Workers = f.Workers
}

// Run values the decision.
func (c *valueCommand) Run(to *streams) error {
	format, err := c.check()
	if err != nil {
		return err
	}
	d, err := openDocument(to, c.Programme)
	if err != nil {
		return err
	}
	v, err := c.oneCase(d, c.Case)
	if err != nil {
		return err
	}
	c.about(v)
	question, err := c.question(d, v)
	if err != nil {
		return err
	}
	var file *outFile
	if c.Chart != "" {
		if file, err = to.files.create(c.Chart); err != nil {
			return err
		}
	}
	valued, err := sensitivity.Value(to.ctx, v, question)
	if err != nil {
		return valueFault(err)
	}
	if err := c.draw(to, valued, format, file); err != nil {
		return err
	}
	return c.write(to, valued, report.Value(valued)...)
}

// check refuses flags that do not go together, and returns the format of the chart.
func (c *valueCommand) check() (plot.Format, error) {
	format := plot.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(c.Chart)), "."))
	switch {
	case c.StudyCost != nil && len(c.Study) == 0:
		return "", misused("--study-cost is for --study: add one, or leave it out")
	case c.StudyCost != nil && !slices.ContainsFunc(c.Study, func(s study) bool { return s.cost == nil }):
		return "", misused("--study-cost: every study says what it costs itself: leave it out")
	case c.AllCare && c.Chart == "":
		return "", misused("--all-care is for --chart: the tables have both, so add --chart or leave it out")
	case c.Chart != "" && !slices.Contains([]plot.Format{plot.SVG, plot.PNG, plot.PDF}, format):
		return "", misused("--chart %s does not say how it is to be drawn: let it end in .svg, .png or .pdf", c.Chart)
	}
	return format, nil
}

// question is who decides, between what, and what might be learned.
func (c *valueCommand) question(d *scenario.Document, v *scenario.Version) (q sensitivity.Valuing, err error) {
	q = sensitivity.Valuing{Council: c.Council, Run: montecarlo.Options{Seed: 1, Replications: int(c.Replications), Workers: int(c.Workers)}}
	if c.Seed != nil {
		q.Run.Seed = uint64(*c.Seed)
	}
	for _, given := range c.Option {
		name, text := namedVersion(given)
		version, err := c.version(d, text)
		if err != nil {
			return q, fmt.Errorf("--option %q: %w", given, err)
		}
		c.about(version)
		q.Choices = append(q.Choices, sensitivity.Choice{Name: name, Version: version})
	}
	for _, given := range c.Group {
		name, inputs, ok := strings.Cut(given, "=")
		if !ok {
			return q, misused("--group %q: write a name, an equals sign and inputs with commas between them, as in \"prices=unit costs,tariffs\"", given)
		}
		g := sensitivity.InputGroup{Name: strings.TrimSpace(name)}
		for _, one := range strings.Split(inputs, ",") {
			g.Inputs = append(g.Inputs, strings.TrimSpace(one))
		}
		q.Groups = append(q.Groups, g)
	}
	for _, s := range c.Study {
		if s.cost == nil {
			s.cost = c.StudyCost
		}
		if s.cost != nil {
			if err := inCurrency(v.Programme, s.cost.currency); err != nil {
				return q, err
			}
			s.Cost = s.cost.Decimal
		}
		q.Studies = append(q.Studies, s.Study)
	}
	return q, nil
}

// namedVersion is the name of an option, before an equals sign that stands in no edit, and
// the text of its version; without a name the text is both.
func namedVersion(given string) (name, text string) {
	edit := strings.IndexByte(given, '{')
	at := strings.IndexByte(given, '=')
	if at < 0 || edit >= 0 && edit < at {
		return strings.TrimSpace(given), given
	}
	return strings.TrimSpace(given[:at]), given[at+1:]
}

// valueFault says which flag an error is about.
func valueFault(err error) error {
	if unknown, ok := errors.AsType[*scenario.NameError](err); ok && unknown.What == "council" {
		return fmt.Errorf("--council: %w", err)
	}
	return err
}

// draw draws the chart, if there is a file for it.
func (c *valueCommand) draw(to *streams, v *sensitivity.Valued, format plot.Format, file *outFile) error {
	if file == nil {
		return nil
	}
	figure, err := plot.Value(v, c.AllCare)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := figure.Write(&b, format); err != nil {
		return err
	}
	return save(to, file, b.Bytes(), false)
}
