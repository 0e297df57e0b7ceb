"""What the project has besides modules: folders, manifests, what a build makes."""
