package xlsx

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// always makes LibreOffice work every formula out when it opens a file.
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// recalculated has LibreOffice open workbooks, work them out and save them. It takes a
// second for each and some at the beginning, so it is done only if asked for.
func recalculated(t *testing.T, files map[string][]byte) map[string]*excelize.File {
	t.Helper()
	if os.Getenv("EDGEOFCARE_WORKBOOK") == "" {
		t.Skip("set EDGEOFCARE_WORKBOOK=1 to have LibreOffice work the workbooks out")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no soffice: install libreoffice-calc-nogui to have LibreOffice work the workbooks out")
	}
	folder := t.TempDir()
	profile, out := filepath.Join(folder, "profile"), filepath.Join(folder, "out")
	require.NoError(t, os.MkdirAll(filepath.Join(profile, "user"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(always), 0o644))
	arguments := []string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out}
	for name, file := range files {
		at := filepath.Join(folder, name+".xlsx")
		require.NoError(t, os.WriteFile(at, file, 0o644))
		arguments = append(arguments, at)
	}
	text, err := exec.CommandContext(t.Context(), program, arguments...).CombinedOutput()
	require.NoError(t, err, "%s", text)
	again := map[string]*excelize.File{}
	for name := range files {
		f, err := excelize.OpenFile(filepath.Join(out, name+".xlsx"))
		require.NoError(t, err, "%s", text)
		t.Cleanup(func() { f.Close() })
		again[name] = f
	}
	return again
}

// without takes the values of formulas out of a workbook, so that none can be taken for
// one that was worked out.
func withoutValues(t *testing.T, m *maker) {
	t.Helper()
	for _, s := range m.b.sheets {
		for _, row := range s.rows {
			for i := range row {
				if _, isNumber := row[i].value.(float64); isNumber && row[i].formula != "" {
					row[i].value = -999.25
				}
			}
		}
	}
}

// same compares every cell that LibreOffice worked out with the workbook's own value.
func same(t *testing.T, want *maker, got *excelize.File) {
	t.Helper()
	cells := 0
	for _, s := range want.b.sheets {
		for i, row := range s.rows {
			for j := range row {
				if row[j].formula == "" {
					continue
				}
				cells++
				at := fmt.Sprintf("%s%d", letters(j), s.first()+i)
				text, err := got.GetCellValue(s.name, at, excelize.Options{RawCellValue: true})
				require.NoError(t, err)
				if wanted, isNumber := row[j].value.(float64); isNumber {
					v, err := strconv.ParseFloat(text, 64)
					require.NoError(t, err, "%s!%s: =%s", s.name, at, row[j].formula)
					require.InDelta(t, wanted, v, 1e-9*math.Max(1, math.Abs(wanted)), "%s!%s: =%s", s.name, at, row[j].formula)
					continue
				}
				require.Equal(t, row[j].value, text, "%s!%s", s.name, at)
			}
		}
	}
	require.Greater(t, cells, 500)
}

// LibreOffice comes to the workbook's own values in every cell, which are those of the
// engine (TestEveryCellIsTheEngines), though the file that it opens holds others.
func TestLibreOfficeComesToTheSame(t *testing.T) {
	wanted, files := map[string]*maker{}, map[string][]byte{}
	for i, s := range subjects {
		if testing.Short() || os.Getenv("EDGEOFCARE_WORKBOOK") == "" {
			break
		}
		name := fmt.Sprintf("subject%d", i)
		wanted[name] = described(t, workbookOf(t, s), nil)
		files[name] = stale(t, s, nil)
	}
	for name, f := range recalculated(t, files) {
		t.Run(name+" "+wanted[name].w.Result.Version.Label(), func(t *testing.T) { same(t, wanted[name], f) })
	}
}

// stale is a workbook in which every figure of a formula is wrong, with changed inputs.
func stale(t *testing.T, s subject, change map[string]float64) []byte {
	t.Helper()
	m := described(t, workbookOf(t, s), change)
	withoutValues(t, m)
	var out writeBuffer
	require.NoError(t, m.b.write(&out, m))
	return out
}

type writeBuffer []byte

func (b *writeBuffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }

// Inputs changed in the file, one change at a time, give in LibreOffice what the library
// gives for the same edits.
func TestLibreOfficeFollowsChangedInputs(t *testing.T) {
	files := map[string][]byte{}
	for i, c := range changes {
		if os.Getenv("EDGEOFCARE_WORKBOOK") == "" {
			break
		}
		files[fmt.Sprintf("change%d", i)] = stale(t, c.of, c.cells)
	}
	again := recalculated(t, files)
	for i, c := range changes {
		t.Run(c.edits[0], func(t *testing.T) {
			f := again[fmt.Sprintf("change%d", i)]
			want, err := montecarlo.Central(c.of.read(t, c.edits...), c.of.prices)
			require.NoError(t, err)
			rows, err := f.GetRows("Headline", excelize.Options{RawCellValue: true})
			require.NoError(t, err)
			compared := 0
			for _, row := range rows {
				if len(row) < 7 || row[2] != want.Prices.String() {
					continue
				}
				of := []string{row[1]}
				if row[1] == "all" {
					of = nil
				}
				figure, err := want.Totals.Find(row[0], of...)
				require.NoError(t, err)
				got, err := strconv.ParseFloat(row[5], 64)
				require.NoError(t, err)
				require.InDelta(t, figure.Value, got, 0.00501, "%v", row)
				compared++
			}
			require.Greater(t, compared, 10)
		})
	}
}
