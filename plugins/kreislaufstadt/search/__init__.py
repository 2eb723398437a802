"""German search without a server: analysis, index writer and register; knows neither MkDocs nor HTML templates."""
