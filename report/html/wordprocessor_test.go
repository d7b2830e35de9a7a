package html_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/report/html"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// committeeOf is a council's pages of two cases of DN2.
func committeeOf(t *testing.T, council string) html.Page {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	var results []*montecarlo.Result
	for _, name := range []string{"base", "medium"} {
		v, err := d.Version(name)
		require.NoError(t, err)
		r, err := montecarlo.Run(context.Background(), v, montecarlo.Options{Replications: 40, Seed: 1, AllValues: true})
		require.NoError(t, err)
		results = append(results, r)
	}
	c, err := montecarlo.CompareResults(results, "")
	require.NoError(t, err)
	figure, err := plot.CouncilWaterfall(council, results...)
	require.NoError(t, err)
	return html.Page{Comparison: c, Result: results[0], Council: council, Charts: []html.Chart{{Name: "waterfall", Figure: figure}}}
}

// openedInWriter is what a word processor makes of a page: the text of its document, and the
// pictures inside it.
func openedInWriter(t *testing.T, page string) (document string, pictures [][]byte) {
	t.Helper()
	if os.Getenv("EDGEOFCARE_WORDPROCESSOR") == "" {
		t.Skip("set EDGEOFCARE_WORDPROCESSOR=1 to have LibreOffice Writer open a page")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("there is no soffice: install libreoffice-writer-nogui to have LibreOffice Writer open a page")
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "page.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o600))
	text, err := exec.CommandContext(t.Context(), program, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless",
		"--infilter=HTML (StarWriter)", "--convert-to", "odt", "--outdir", folder, file).CombinedOutput()
	require.NoError(t, err, "%s", text)
	z, err := zip.OpenReader(filepath.Join(folder, "page.odt"))
	require.NoError(t, err, "%s", text)
	defer z.Close()
	for _, f := range z.File {
		in, err := f.Open()
		require.NoError(t, err)
		whole, err := io.ReadAll(in)
		require.NoError(t, err)
		switch {
		case f.Name == "content.xml":
			document = string(whole)
		case strings.HasPrefix(f.Name, "Pictures/"):
			pictures = append(pictures, whole)
		}
	}
	return document, pictures
}

// A word processor keeps the tables of a council's pages as tables, with every cell, and
// the picture as a picture that is no wider than the text.
func TestCommitteeInAWordProcessor(t *testing.T) {
	page := written(t, committeeOf(t, "Derby"))
	document, pictures := openedInWriter(t, page)
	require.Equal(t, strings.Count(page, "<table>"), strings.Count(document, "<table:table "))
	require.Equal(t, strings.Count(page, "<td")+strings.Count(page, "<th "), strings.Count(document, "<table:table-cell"))
	require.Equal(t, 1, strings.Count(document, "<draw:image "))
	width := regexp.MustCompile(`<draw:frame [^>]*svg:width="([0-9.]+)(in|cm)"`).FindStringSubmatch(document)
	require.NotNil(t, width)
	require.Contains(t, []string{"6.6665", "6.6667", "16.933", "16.931"}, width[1], "640 pixels of 1/96 inch")
	require.Len(t, pictures, 1)
	drawn, err := png.DecodeConfig(bytes.NewReader(pictures[0]))
	require.NoError(t, err)
	require.Greater(t, drawn.Width, 1000, "letters stay sharp in print")
	require.Contains(t, document, "In cash ")
}
