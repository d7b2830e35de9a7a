package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// conditionCommand holds uncertain inputs to what was paid.
type conditionCommand struct {
	programmeFlags
	oneCase
	outputFlags
	Seed   *seed          `help:"Where random numbers start from: the same seed gives the same figures. Default: 1." placeholder:"N"`
	AsOf   *calendar.Date `help:"Use the payments of quarters that end on or before this day, as in 2022-06-30. Default: all." placeholder:"DATE"`
	Weight *float64       `help:"The power to which the likelihood of what was paid is raised. Default: 1, which counts the file and the payments once each." placeholder:"X"`
	Draws  string         `help:"Also write 1,000 draws of equal weight to this CSV file, which a case of the programme file can name, and print what to write there." placeholder:"FILE"`
}

// Help is shown by edgeofcare condition --help.
func (conditionCommand) Help() string {
	return `Draws of the uncertain inputs, by the ranges of the file, are weighted by how likely they
make the payments that are published. What comes out says of each input how much payments
narrow its range down, and which inputs they cannot tell apart. See docs/condition.md.

` + versionsHelp + `

Examples:
  edgeofcare condition dn2
  edgeofcare condition dn2 --as-of 2022-06-30
  edgeofcare condition dn2 --as-of 2024-06-30 --draws dn2.base.csv`
}

// Run weights draws and prints what they say.
func (c *conditionCommand) Run(to *streams) error {
	v, err := c.openOne(to, c.Case, &c.outputFlags)
	if err != nil {
		return err
	}
	if c.Draws != "" && len(v.Layers) > 0 {
		return misused("--draws writes what a case of the file is held to, and %s is on top of the case here: leave it out", v.Layers[0].Name)
	}
	o := calibrate.ConditionOptions{Seed: 1, Evidence: c.Weight}
	if c.Seed != nil {
		o.Seed = uint64(*c.Seed)
	}
	if c.AsOf != nil {
		o.AsOf = *c.AsOf
	}
	p, err := calibrate.Condition(to.ctx, v, nil, o)
	if err != nil {
		return err
	}
	if err := c.write(to, p, report.Condition(p)...); err != nil {
		return err
	}
	return c.writeDraws(to, p)
}

// writeDraws writes the table that a case can name, and says what to write in the case.
func (c *conditionCommand) writeDraws(to *streams, p *calibrate.Posterior) error {
	if c.Draws == "" {
		return nil
	}
	held := p.Conditioned()
	var table bytes.Buffer
	if err := scenario.WriteDraws(&table, p.Version.Programme, held); err != nil {
		return err
	}
	if err := os.WriteFile(c.Draws, table.Bytes(), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to.err, `%s has %d draws of %d inputs. In the case of the programme file beside it, write:

    conditioned on:
      draws: %s
      paid to: %s
      seed: %d
      effective sample size: %.0f
      digest: %s
`, c.Draws, held.Size, len(held.Inputs), filepath.Base(c.Draws), held.PaidTo, held.Seed, held.EffectiveSize, held.Digest)
	return err
}
