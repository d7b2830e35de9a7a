package main

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

// bridgeCommand says what each change contributes to the difference between two versions.
type bridgeCommand struct {
	programmeFlags
	From    string   `arg:"" help:"The version to start from, as in 'medium'."`
	To      string   `arg:"" help:"The version to arrive at, as in 'base' or 'medium + flat tariffs + referrals down 20%'."`
	Measure measured `help:"The amount: a measure and, after a comma, whose it is, as in 'net saving, Derby'. Default: net public saving." placeholder:"MEASURE"`
	Group   []string `help:"Changes to put together, as 'NAME=PATH,PATH': settings under these paths, which may have stars, or what a variant, stress or case of that name sets. May be repeated. Default: one group for each layer, or for each part of the contract." placeholder:"NAME=PATH,..." sep:"none"`
	Chart   string   `help:"The file to draw the contributions into, ending in .svg, .png or .pdf." placeholder:"FILE"`
	priceFlags
	outputFlags
}

// Help is shown by edgeofcare bridge --help.
func (bridgeCommand) Help() string {
	return versionsHelp + `

At most eight groups of changes are set against each other; where there are more, the
message names them, and --group puts some together.

Examples:
  edgeofcare bridge dn2 medium base
  edgeofcare bridge dn2 medium "medium + flat tariffs + referrals down 20%"
  edgeofcare bridge dn2 low high --measure "net saving, Derby"
  edgeofcare bridge dn2 medium base --group "children=cohorts.*.referrals"
  edgeofcare bridge dn2 low high --chart bridge.svg`
}

// Run sets the changes between two versions against each other.
func (c *bridgeCommand) Run(to *streams) error {
	groups, err := namedGroups(c.Group)
	if err != nil {
		return err
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	from, err := c.version(d, c.From)
	if err != nil {
		return err
	}
	other, err := c.version(d, c.To)
	if err != nil {
		return err
	}
	c.about(from, other)
	chart, err := newChartFile(to, "--chart", c.Chart)
	if err != nil {
		return err
	}
	bridged, err := sensitivity.Bridge(to.ctx, from, other, c.Prices.kind, c.Measure.orElse(montecarlo.NetPublic), groups, 0)
	if err != nil {
		return helpWithDelivery(err)
	}
	if err := chart.draw(to, func() (*plot.Figure, error) { return plot.Bridge(bridged) }); err != nil {
		return err
	}
	return c.write(to, bridged, report.Bridge(bridged)...)
}

// namedGroups reads groups as a person writes them.
func namedGroups(texts []string) (groups []sensitivity.NamedGroup, err error) {
	for _, text := range texts {
		name, paths, ok := strings.Cut(text, "=")
		group := sensitivity.NamedGroup{Name: strings.TrimSpace(name)}
		for _, path := range strings.Split(paths, ",") {
			if path = strings.TrimSpace(path); path != "" {
				group.Paths = append(group.Paths, path)
			}
		}
		if !ok || group.Name == "" || len(group.Paths) == 0 {
			return nil, &usageError{fmt.Errorf("--group %q is not a group: write its name, an equals sign and paths with commas between them, as in \"care=unit costs,background\"", text)}
		}
		groups = append(groups, group)
	}
	return groups, nil
}
